import type { Text } from '@sluice/flows'

export interface FunctionHelp {
  readonly name: string
  readonly signature: string
  readonly says: Text
  readonly example: string
}

const of = (name: string, signature: string, en: string, zh: string, example: string): FunctionHelp => ({
  name,
  signature,
  says: { en, 'zh-CN': zh },
  example,
})

/** The functions people reach for first, each with an example that can be run. */
export const functions: readonly FunctionHelp[] = [
  of('$string', '$string(value)', 'The value as text', '转为文本', '$string(42)'),
  of('$number', '$number(text)', 'The text as a number', '转为数字', '$number("42")'),
  of('$boolean', '$boolean(value)', 'Whether there is something', '转为是否', '$boolean("a")'),
  of('$length', '$length(text)', 'How many characters', '字符数', '$length("授权")'),
  of('$substring', '$substring(text, start, length?)', 'Part of a text', '截取文本', '$substring("hello", 1, 3)'),
  of('$uppercase', '$uppercase(text)', 'In capitals', '转为大写', '$uppercase("vip")'),
  of('$lowercase', '$lowercase(text)', 'In small letters', '转为小写', '$lowercase("VIP")'),
  of('$trim', '$trim(text)', 'Without spaces at the ends', '去除首尾空格', '$trim("  a ")'),
  of('$contains', '$contains(text, part)', 'Whether the text holds the part', '是否包含', '$contains("价格太高", "价格")'),
  of(
    '$match',
    '$match(text, /pattern/)',
    'What matches a pattern, with its groups',
    '按正则表达式匹配',
    '$match("价格太高", /价格(太.)/).groups',
  ),
  of('$split', '$split(text, separator)', 'The parts of a text', '拆分文本', '$split("a,b", ",")'),
  of('$join', '$join(list, separator)', 'A list as one text', '连接为文本', '$join(["a", "b"], "、")'),
  of('$replace', '$replace(text, part, by)', 'Replaces a part', '替换文本', '$replace("a-b", "-", "+")'),
  of('$sum', '$sum(list)', 'The sum', '求和', '$sum([1, 2, 3])'),
  of('$max', '$max(list)', 'The largest', '最大值', '$max([1, 5, 3])'),
  of('$min', '$min(list)', 'The smallest', '最小值', '$min([1, 5, 3])'),
  of('$average', '$average(list)', 'The average', '平均值', '$average([1, 2, 3])'),
  of('$count', '$count(list)', 'How many there are', '数量', '$count([1, 2, 3])'),
  of('$round', '$round(number, decimals?)', 'Rounded', '四舍五入', '$round(3.456, 1)'),
  of('$exists', '$exists(value)', 'Whether the value is there', '是否存在', '$exists(input.id)'),
  of('$not', '$not(value)', 'The opposite', '取反', '$not(false)'),
  of('$map', '$map(list, function)', 'Each item changed', '逐项转换', '$map([1, 2], function($v) { $v * 2 })'),
  of('$filter', '$filter(list, function)', 'Items that fit', '筛选', '$filter([1, 2, 3], function($v) { $v > 1 })'),
  of('$sort', '$sort(list)', 'In order', '排序', '$sort([3, 1, 2])'),
  of('$distinct', '$distinct(list)', 'Each once', '去重', '$distinct([1, 1, 2])'),
  of('$keys', '$keys(object)', 'Names of the fields', '字段名', '$keys({"a": 1})'),
  of('$lookup', '$lookup(object, name)', 'The field of that name', '按名取值', '$lookup({"a": 1}, "a")'),
  of('$merge', '$merge(list)', 'Objects put together', '合并对象', '$merge([{"a": 1}, {"b": 2}])'),
  of('$now', '$now()', 'The time of this step', '当前步骤时间', '$now()'),
  of('$toMillis', '$toMillis(time)', 'A time as milliseconds', '时间转毫秒', '$toMillis("2026-03-02T03:00:00Z")'),
  of('$fromMillis', '$fromMillis(number, picture?)', 'Milliseconds as a time', '毫秒转时间', '$fromMillis(0)'),
]
