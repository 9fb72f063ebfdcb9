import { isRealDate } from './checksums.ts'
import { confidence, type Finding, range, stars } from './finding.ts'
import { nameView, surnameLength } from './names.ts'

/** What words around it give away: addresses, accounts, names, birthdays. */
export function* detectWords(text: string): Generator<Finding> {
  yield* emails(text)
  yield* ipV4s(text)
  yield* ipV6s(text)
  yield* messengerIds(text)
  yield* names(text)
  yield* birthDates(text)
  yield* addresses(text)
}

const localMax = 64
const domainMax = 255

/** Outward from each @, bounded both ways, so that no text makes it slow. */
function* emails(text: string): Generator<Finding> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < localMax && /[A-Za-z0-9._%+'-]/.test(text[start - 1] ?? '')) start--
    let end = at + 1
    while (end < text.length && end - at <= domainMax && /[A-Za-z0-9.-]/.test(text[end] ?? '')) end++
    while (end > at && /[.-]/.test(text[end - 1] ?? '')) end--
    const domain = text.slice(at + 1, end)
    if (start === at || !/^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/.test(domain)) continue
    yield { kind: 'email', start, end, confidence: confidence.checksumAndContext, view: { text: `${text[start]}***@${domain}` } }
  }
}

function* ipV4s(text: string): Generator<Finding> {
  for (const match of text.matchAll(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g)) {
    const parts = match[0].split('.')
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) continue
    const end = match.index + match[0].length
    yield {
      kind: 'ip',
      start: match.index,
      end,
      confidence: confidence.patternAndContext,
      view: { text: `${parts.slice(0, 3).join('.')}.0/24` },
    }
  }
}

function* ipV6s(text: string): Generator<Finding> {
  for (const match of text.matchAll(/(?<![0-9A-Fa-f:])[0-9A-Fa-f:]{6,39}(?![0-9A-Fa-f:])/g)) {
    const parts = match[0].split(':')
    const full = parts.length === 8 && parts.every((part) => part.length >= 1 && part.length <= 4)
    const short = match[0].split('::').length === 2 && parts.length >= 4 && parts.length <= 8 && parts.every((part) => part.length <= 4)
    if (!full && !short) continue
    const prefix = parts.slice(0, 3).filter((part) => part !== '')
    const end = match.index + match[0].length
    yield { kind: 'ip', start: match.index, end, confidence: confidence.patternAndContext, view: { text: `${prefix.join(':')}::/48` } }
  }
}

const wechat = /(?:微信号?|wechat|weixin|v信|[vw]x)(?:\s?id)?[\s::是为=]{0,4}([A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])/gi
const qq = /(?:QQ号?|扣扣|企鹅号?)[\s::是为=]{0,4}([1-9]\d{4,10})(?!\d)/gi

/** An id that only its word tells from any other word. */
function* messengerIds(text: string): Generator<Finding> {
  for (const [kind, pattern] of [
    ['wechat-id', wechat],
    ['qq-id', qq],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const id = match[1] ?? ''
      const end = match.index + match[0].length
      yield { kind, start: end - id.length, end, confidence: confidence.patternAndContext, view: stars(range(end - id.length, end), 2, 2) }
    }
  }
}

const beforeName = /(?:姓名|名字|联系人|收件人|收货人|投保人|车主|我叫|本人)[\s::是为叫]{0,3}/g
const afterName = /先生|女士|小姐|太太|同志/g

/** A Chinese name beside a word that announces one. Without such a word any two characters could be one. */
function* names(text: string): Generator<Finding> {
  for (const match of text.matchAll(beforeName)) {
    const start = match.index + match[0].length
    const surname = surnameLength(text, start)
    if (surname === 0) continue
    const end = givenEnd(text, start + surname)
    if (end > start + surname) yield nameFinding(text, start, end)
  }
  for (const match of text.matchAll(afterName)) {
    const start = [4, 3, 2].map((length) => match.index - length).find((from) => from >= 0 && isNameBefore(text, from, match.index))
    if (start !== undefined) yield nameFinding(text, start, match.index)
  }
}

function nameFinding(text: string, start: number, end: number): Finding {
  return { kind: 'cn-name', start, end, confidence: confidence.patternAndContext, view: { text: nameView(text.slice(start, end)) } }
}

/** Given names have one or two characters; words that follow names end them. */
function givenEnd(text: string, from: number): number {
  let end = from
  while (
    end < from + 2 &&
    /[\u4e00-\u9fff]/.test(text[end] ?? '') &&
    !/[的在是和与及把被将想要给对从到有说先女小电手身住性年出联、,。]/.test(text[end] ?? '')
  )
    end++
  return end
}

function isNameBefore(text: string, start: number, end: number): boolean {
  const surname = surnameLength(text, start)
  const given = end - start - surname
  return surname > 0 && given >= 1 && given <= 2 && /^[\u4e00-\u9fff]+$/.test(text.slice(start, end))
}

const birth =
  /(?:出生日期|出生于|出生|生日|生于|birthday|date of birth|born(?: on)?|dob)[\s::是为]{0,4}((\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?)/gi

function* birthDates(text: string): Generator<Finding> {
  for (const match of text.matchAll(birth)) {
    const date = match[1] ?? ''
    if (!isRealDate(Number(match[2]), Number(match[3]), Number(match[4]))) continue
    const end = match.index + match[0].length
    const start = end - date.length
    const at = range(start, end).filter((index) => /\d/.test(text[index] ?? ''))
    yield { kind: 'birth-date', start, end, confidence: confidence.patternAndContext, view: stars(at, 4, 0) }
  }
}

/** Province to district stays, the rest of the chain goes. */
const address =
  /((?:[\u4e00-\u9fff]{2,7}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}市)?(?:[\u4e00-\u9fff]{1,6}[区县]))([\u4e00-\u9fff0-9]{1,12}[路街道巷弄里][\u4e00-\u9fffA-Za-z0-9-]{0,12}?\d{1,5}[号弄](?:[\u4e00-\u9fff]{0,8}?\d{1,4}[号幢栋楼座室单元层]){0,4})/g

function* addresses(text: string): Generator<Finding> {
  for (const match of text.matchAll(address)) {
    const end = match.index + match[0].length
    yield { kind: 'cn-address', start: match.index, end, confidence: confidence.patternAndContext, view: { text: match[1] ?? '' } }
  }
}
