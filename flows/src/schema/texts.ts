import { type Json, say, type Text } from '../json.ts'

/** Puts the field's name into both wordings; a value without a name is "the value". */
function about(name: Text, en: (name: string) => string, zh: (name: string) => string): Text {
  const named = (language: 'en' | 'zh-CN') => say(name, language)
  return {
    en: en(named('en') === '' ? 'The value' : `“${named('en')}”`),
    'zh-CN': zh(named('zh-CN') === '' ? '该值' : `「${named('zh-CN')}」`),
  }
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  string: ['a text', '文本'],
  number: ['a number', '数字'],
  integer: ['a whole number', '整数'],
  boolean: ['yes or no', '是或否'],
  object: ['an object', '对象'],
  array: ['a list', '列表'],
  null: ['empty', '空值'],
}

function kindIn(type: string, language: 0 | 1): string {
  return kinds[type]?.[language] ?? type
}

export function wrongType(name: Text, wanted: readonly string[], got: string): Text {
  const list = (language: 0 | 1, or: string) => wanted.map((type) => kindIn(type, language)).join(or)
  return about(
    name,
    (it) => `${it} needs ${list(0, ' or ')}, gets ${kindIn(got, 0)}`,
    (it) => `${it}类型不符：需要${list(1, '或')}，得到${kindIn(got, 1)}`,
  )
}

export function notAmong(name: Text, allowed: readonly Json[]): Text {
  const shown = allowed.slice(0, 12).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
  const rest = allowed.length > 12 ? ' …' : ''
  return about(
    name,
    (it) => `${it} must be one of: ${shown.join(', ')}${rest}`,
    (it) => `${it}只能是以下之一：${shown.join('、')}${rest}`,
  )
}

export const empty = (name: Text) =>
  about(
    name,
    (it) => `${it} is empty`,
    (it) => `${it}必填`,
  )
export const unknownField = (key: string) =>
  about(
    key.slice(0, 100),
    (it) => `There is no field ${it} here`,
    (it) => `此处没有字段${it}`,
  )
export const notFinite = (name: Text) =>
  about(
    name,
    (it) => `${it} must be a finite number`,
    (it) => `${it}必须是有限数字`,
  )
export const tooDeep = (name: Text) =>
  about(
    name,
    (it) => `${it} nests too deeply`,
    (it) => `${it}嵌套过深`,
  )
export const wrongForm = (name: Text, example: string | null) =>
  about(
    name,
    (it) => `${it} is not written in the expected form${example === null ? '' : `, as in ${example}`}`,
    (it) => `${it}格式不正确${example === null ? '' : `，例如 ${example}`}`,
  )
export const noneFits = (name: Text) =>
  about(
    name,
    (it) => `${it} has none of the allowed forms`,
    (it) => `${it}不符合任何一种允许的形式`,
  )
export const notUnique = (name: Text) =>
  about(
    name,
    (it) => `${it} names something twice`,
    (it) => `${it}有重复项`,
  )

function bound(en: Wording2, zh: Wording2): (name: Text, limit: number, seen: number) => Text {
  return (name, limit, seen) =>
    about(
      name,
      (it) => en(it, limit, seen),
      (it) => zh(it, limit, seen),
    )
}
type Wording2 = (it: string, limit: number, seen: number) => string

export const atLeast = bound(
  (it, limit, seen) => `${it} is ${seen}, at least ${limit} is needed`,
  (it, limit, seen) => `${it}为 ${seen}，至少为 ${limit}`,
)
export const atMost = bound(
  (it, limit, seen) => `${it} is ${seen}, at most ${limit} is allowed`,
  (it, limit, seen) => `${it}为 ${seen}，最多为 ${limit}`,
)
export const moreThan = bound(
  (it, limit, seen) => `${it} is ${seen}, more than ${limit} is needed`,
  (it, limit, seen) => `${it}为 ${seen}，必须大于 ${limit}`,
)
export const lessThan = bound(
  (it, limit, seen) => `${it} is ${seen}, less than ${limit} is needed`,
  (it, limit, seen) => `${it}为 ${seen}，必须小于 ${limit}`,
)
export const charsAtLeast = bound(
  (it, limit, seen) => `${it} has ${seen} characters, at least ${limit} are needed`,
  (it, limit, seen) => `${it}有 ${seen} 个字符，至少需要 ${limit} 个`,
)
export const charsAtMost = bound(
  (it, limit, seen) => `${it} has ${seen} characters, at most ${limit} are allowed`,
  (it, limit, seen) => `${it}有 ${seen} 个字符，最多 ${limit} 个`,
)
export const itemsAtLeast = bound(
  (it, limit, seen) => `${it} has ${seen} entries, at least ${limit} are needed`,
  (it, limit, seen) => `${it}有 ${seen} 项，至少需要 ${limit} 项`,
)
export const itemsAtMost = bound(
  (it, limit, seen) => `${it} has ${seen} entries, at most ${limit} are allowed`,
  (it, limit, seen) => `${it}有 ${seen} 项，最多 ${limit} 项`,
)
export const multipleOf = (name: Text, step: number) =>
  about(
    name,
    (it) => `${it} must be a multiple of ${step}`,
    (it) => `${it}必须是 ${step} 的倍数`,
  )
