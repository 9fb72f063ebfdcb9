/** The commonest single-character surnames; together they cover nearly everybody in mainland China. */
const single = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'.split(
    '',
  ),
)
const compound = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '宇文',
  '长孙',
  '夏侯',
  '司徒',
  '端木',
  '百里',
  '南宫',
  '独孤',
  '轩辕',
  '闻人',
  '呼延',
  '淳于',
  '单于',
  '太史',
  '申屠',
  '钟离',
  '万俟',
]

/** Characters of the surname that starts here; 0 when none does. */
export function surnameLength(text: string, start: number): 0 | 1 | 2 {
  if (compound.includes(text.slice(start, start + 2))) return 2
  return single.has(text[start] ?? '') ? 1 : 0
}

/**
 * A name as it is shown: the surname, or the first letter of each word.
 * @example `nameView('欧阳娜娜') // '欧阳**'`
 * @example `nameView('John Smith') // 'J*** S****'`
 */
export function nameView(name: string): string {
  if (!/^[\u4e00-\u9fff·]+$/.test(name))
    return name.replace(/(\p{L})([\p{L}'’-]*)/gu, (_, first: string, rest: string) => first + '*'.repeat([...rest].length))
  const kept = name.length > 2 && surnameLength(name, 0) === 2 ? 2 : 1
  return name.slice(0, kept) + '*'.repeat(Math.max(0, name.length - kept))
}
