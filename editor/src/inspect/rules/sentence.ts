import { partsOf } from '../modes.ts'
import type { Operand, Operator, Rule, Scalar } from './rule.ts'

type Words = { readonly [Name in Operator]: string }

/** `{}` is the data, `{v}` what it is compared with. */
const english: Words = {
  is: '{} is {v}',
  'is-not': '{} is not {v}',
  less: '{} is less than {v}',
  'at-most': '{} is at most {v}',
  more: '{} is more than {v}',
  'at-least': '{} is at least {v}',
  between: '{} is from {v}',
  contains: '{} contains {v}',
  'contains-not': '{} does not contain {v}',
  starts: '{} begins with {v}',
  ends: '{} ends with {v}',
  'one-of': '{} is one of {v}',
  'none-of': '{} is none of {v}',
  has: '{} holds {v}',
  'is-true': '{} is yes',
  'is-false': '{} is no',
  exists: '{} is there',
  missing: '{} is missing',
}
const chinese: Words = {
  is: '{}等于{v}',
  'is-not': '{}不等于{v}',
  less: '{}小于{v}',
  'at-most': '{}不超过{v}',
  more: '{}大于{v}',
  'at-least': '{}不低于{v}',
  between: '{}在{v}之间',
  contains: '{}包含{v}',
  'contains-not': '{}不包含{v}',
  starts: '{}以{v}开头',
  ends: '{}以{v}结尾',
  'one-of': '{}是{v}之一',
  'none-of': '{}不是{v}中的任何一个',
  has: '{}中有{v}',
  'is-true': '{}为“是”',
  'is-false': '{}为“否”',
  exists: '{}有值',
  missing: '{}没有值',
}

/** A path as people say it: `input.customer.name` is customer › name. */
export function pathWords(path: string): string {
  const [root = '', ...rest] = partsOf(path)
  const [second] = rest
  const parts =
    root === 'input' && rest.length > 0 ? rest : root === 'event' && second === 'data' && rest.length > 1 ? rest.slice(1) : [root, ...rest]
  return parts.join(' › ')
}

/** The rule as one sentence. @example `sentence(rule, 'en') // "amount is more than 1000 and (tier is gold or vip is yes)"` */
export function sentence(rule: Rule, language: 'en' | 'zh-CN'): string {
  const isChinese = language === 'zh-CN'
  if (rule.kind === 'row') {
    const path = rule.path === '' ? '…' : isChinese ? `“${pathWords(rule.path)}”` : pathWords(rule.path)
    const words = (isChinese ? chinese : english)[rule.operator]
    const said = words.replace('{}', () => path).replace('{v}', () => operandWords(rule.value, isChinese))
    return said.trimEnd()
  }
  if (rule.rules.length === 0) {
    if (rule.match === 'any') return isChinese ? '永不成立' : 'never'
    return isChinese ? '始终成立' : 'always'
  }
  const parts = rule.rules.map((each) =>
    each.kind === 'group' && each.rules.length > 1 ? bracketed(sentence(each, language), isChinese) : sentence(each, language),
  )
  if (rule.match === 'none') {
    const list = parts.join(isChinese ? '；' : '; ')
    return isChinese ? `以下都不成立：${list}` : `none of these holds: ${list}`
  }
  const word = rule.match === 'all' ? (isChinese ? '，且' : ' and ') : isChinese ? '，或' : ' or '
  return parts.join(word)
}

function bracketed(text: string, isChinese: boolean): string {
  return isChinese ? `（${text}）` : `(${text})`
}

function operandWords(value: Operand, isChinese: boolean): string {
  switch (value.kind) {
    case 'none':
      return ''
    case 'path':
      return isChinese ? `“${pathWords(value.path)}”` : pathWords(value.path)
    case 'list':
      return value.values.map((each) => scalarWords(each, isChinese)).join(isChinese ? '、' : ', ') || '…'
    case 'between':
      return `${scalarWords(value.from, isChinese)}${isChinese ? '到' : ' to '}${scalarWords(value.to, isChinese)}`
    case 'value':
      return scalarWords(value.value, isChinese)
  }
}

function scalarWords(value: Scalar, isChinese: boolean): string {
  if (value === null) return isChinese ? '空值' : 'nothing'
  if (typeof value === 'boolean') return isChinese ? (value ? '“是”' : '“否”') : value ? 'yes' : 'no'
  if (typeof value === 'number') return isChinese ? ` ${value} ` : String(value)
  return isChinese ? `“${value}”` : `“${value}”`
}
