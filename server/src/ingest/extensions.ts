import type { EventExtensions } from '@sluice/engine/core'
import type { JsonObject } from '@sluice/flows'
import { isPlainText } from '../http/plain-text.ts'

const limits = { extensions: 50, nameChars: 100, valueChars: 10_000, allChars: 65_536 } as const

type Wrong = (name: string, en: string, zh: string) => void

const own = new Set(['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'dataschema', 'data', 'data_base64'])
/** Names no object of ours may have; `cleanJson` takes them out of bodies, headers get here with them. */
const reserved = new Set(['constructor', 'prototype'])

/** What a sender adds beside the attributes of the standard, by its rules for names and values; null is an attribute that is not there. */
export function extensionsOf(event: JsonObject, wrong: Wrong): { readonly extensions?: EventExtensions } {
  let found: Record<string, string | number | boolean> | undefined
  let count = 0
  let chars = 0
  for (const name in event) {
    if (own.has(name) || reserved.has(name)) continue
    count += 1
    if (count > limits.extensions) {
      wrong(
        name.slice(0, limits.nameChars),
        `is one extension too many (${limits.extensions})`,
        `扩展属性过多(最多 ${limits.extensions} 个)`,
      )
      break
    }
    const value = event[name]
    if (!/^[a-z0-9]{1,100}$/.test(name)) {
      const shown = name.slice(0, limits.nameChars).replaceAll('~', '~0').replaceAll('/', '~1')
      wrong(shown, 'is no attribute name: a-z and 0-9 only', '属性名只能包含 a-z 与 0-9')
    } else if (value === null || value === undefined) continue
    else if (typeof value === 'object') wrong(name, 'must be text, a number or a boolean', '须为文本、数字或布尔值')
    else if (typeof value === 'string' && value.length > limits.valueChars) wrong(name, 'is too long', '过长')
    else if (typeof value === 'string' && !isPlainText(value)) wrong(name, 'must not hold control characters', '不能含控制字符')
    else {
      chars += name.length + String(value).length
      found ??= {}
      found[name] = value
    }
    if (chars > limits.allChars) {
      wrong(name, `makes the extensions longer than ${limits.allChars} characters together`, `扩展属性合计超过 ${limits.allChars} 个字符`)
      break
    }
  }
  return found === undefined ? {} : { extensions: found }
}
