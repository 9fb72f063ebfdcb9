import { pinyin } from 'pinyin-pro'
import type { Plugin } from 'vite'

const source = /\/editor\/src\/app\/pinyin\/syllables\.ts$/

/**
 * Names that people give (flows, templates) can hold any word, so their pinyin cannot be written down as the step types' is
 * (`pinyin-table.ts`). The dictionary weighs 142 kB; the usual reading of each of the 6,763 characters of GB 2312, and the words of
 * business in which a character is read otherwise, weigh a tenth of that. From source, and in tests, the dictionary itself is used.
 */
export function spellingTable(): Plugin {
  return {
    name: 'spelling-table',
    apply: 'build',
    load: { filter: { id: source }, handler: () => spellingModule() },
  }
}

/** Words with a character that is read otherwise than alone. */
const wordsReadOtherwise = [
  ...['重庆', '重新', '重复', '重试', '重启', '重置', '重提', '重做', '重算', '多重', '双重'],
  ...['银行', '行业', '行情', '同行', '央行', '分行', '支行', '排行', '内行', '各行'],
  ...['成长', '增长', '店长', '组长', '部长', '行长', '校长', '经理长', '长大', '团长', '会长'],
  ...['还款', '还车', '归还', '退还', '偿还', '返还', '还原'],
  ...['调查', '调研', '调度', '调拨', '调用', '调休', '抽调', '调动', '调取'],
  ...['会计', '大都', '成都', '首都', '都市', '音乐', '快乐', '概率', '利率', '汇率', '费率', '转化率', '比率', '税率', '效率', '率先'],
  ...['数据', '传记', '出差', '差旅', '便宜', '倒计时', '降价', '投降', '应用', '反应', '响应', '供应', '应答', '应收', '应付'],
  ...['尽量', '着急', '睡着', '看着', '角色', '主角', '一切', '切换', '亲切', '给予', '供给', '发给', '下载', '装载', '载入', '记载'],
  ...[
    '曾经',
    '参差',
    '单于',
    '奇数',
    '提防',
    '系鞋带',
    '血液',
    '暴露',
    '露面',
    '剥削',
    '模样',
    '省心',
    '反省',
    '旋转',
    '相片',
    '照相',
    '相亲',
  ],
  ...[
    '中奖',
    '中标',
    '命中',
    '朝阳',
    '今朝',
    '处理',
    '处置',
    '处罚',
    '到处',
    '办事处',
    '好处',
    '当作',
    '适当',
    '得到',
    '分组',
    '分析',
    '分享',
    '缘分',
    '积分',
    '身份',
  ],
  ...[
    '划分',
    '计划',
    '为了',
    '因为',
    '作为',
    '行为',
    '空白',
    '填空',
    '抽空',
    '没收',
    '淹没',
    '似的',
    '弹窗',
    '动弹',
    '校验',
    '校对',
    '学校',
    '便于',
  ],
] as const

/** What the page gets in place of `app/pinyin/syllables.ts`. */
export function spellingModule(): string {
  const { letters, words } = spellings()
  return [
    `const letters = new Map(${JSON.stringify(letters)}.split(' ').flatMap((each) => { const [said, chars] = each.split(':'); return [...chars].map((char) => [char, said]) }))`,
    `const words = new Map(Object.entries(${JSON.stringify(words)}))`,
    'const lengths = [3, 2]',
    'export const syllablesOf = (text) => {',
    '  const chars = [...text]',
    '  const said = []',
    '  for (let at = 0; at < chars.length; ) {',
    "    const length = lengths.find((each) => words.has(chars.slice(at, at + each).join('')))",
    "    if (length === undefined) said.push(letters.get(chars[at++]) ?? '')",
    "    else said.push(...words.get(chars.slice(at, (at += length)).join('')).split(' '))",
    '  }',
    '  return said',
    '}',
  ].join('\n')
}

interface Spellings {
  /** `a:阿啊 ai:爱…`: each syllable with its characters. */
  readonly letters: string
  /** Syllables of the words in which a character is read otherwise. */
  readonly words: Readonly<Record<string, string>>
}

function spellings(): Spellings {
  const bySound = new Map<string, string>()
  const alone = new Map<string, string>()
  for (const char of commonCharacters()) {
    const [said = ''] = spelled(char)
    alone.set(char, said)
    bySound.set(said, (bySound.get(said) ?? '') + char)
  }
  const otherwise = wordsReadOtherwise.flatMap((word): readonly (readonly [string, string])[] => {
    const said = spelled(word)
    const plain = [...word].map((char) => alone.get(char))
    return said.every((each, index) => each === plain[index]) ? [] : [[word, said.join(' ')]]
  })
  return { letters: [...bySound].map(([said, chars]) => `${said}:${chars}`).join(' '), words: Object.fromEntries(otherwise) }
}

function spelled(text: string): readonly string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true }).map((each) => each.toLowerCase().replace(/[^a-z]/g, ''))
}

/** The Chinese characters of GB 2312, rows 16 to 87. */
function commonCharacters(): readonly string[] {
  const decoder = new TextDecoder('gbk')
  const found: string[] = []
  for (let row = 0xb0; row <= 0xf7; row += 1)
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const char = decoder.decode(Uint8Array.of(row, cell))
      if (/^\p{Script=Han}$/u.test(char)) found.push(char)
    }
  return found
}
