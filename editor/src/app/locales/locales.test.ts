import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { pseudo } from '../i18n/pseudo.ts'
import { en, type MessageId } from './en/index.ts'
import { zh } from './zh-CN/index.ts'

const ids = Object.keys(en) as MessageId[]

interface Asked {
  /** Every value the message names. */
  readonly all: ReadonlySet<string>
  /** Those whose value is printed, not only used to choose a form. */
  readonly printed: ReadonlySet<string>
}

function valuesOf(message: string): Asked {
  const all = new Set<string>()
  const printed = new Set<string>()
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [name, , choices] = part
    if (typeof name === 'string' && part.length <= 3 && /^\w+$/.test(name)) {
      all.add(name)
      if (choices === undefined || JSON.stringify(choices).includes('"#"')) printed.add(name)
    }
    const forms = typeof choices === 'object' && choices !== null ? Object.values(choices) : []
    for (const form of forms) if (Array.isArray(form)) form.forEach(walk)
  }
  const compiled = compileMessage(message)
  if (Array.isArray(compiled)) compiled.forEach(walk)
  return { all, printed }
}

function lacks(needed: ReadonlySet<string>, given: ReadonlySet<string>): boolean {
  return [...needed].some((name) => !given.has(name))
}

describe('the texts of the screens', () => {
  test('exist in both languages, none of them empty', () => {
    expect(Object.keys(zh).sort()).toEqual([...ids].sort())
    expect(ids.filter((id) => en[id].trim() === '' || zh[id].trim() === '')).toEqual([])
  })

  test('print the same values in both languages', () => {
    const different = ids.filter((id) => {
      const [english, chinese] = [valuesOf(en[id]), valuesOf(zh[id])]
      return lacks(chinese.all, english.all) || lacks(english.printed, chinese.all)
    })
    expect(different).toEqual([])
  })

  test('use Chinese punctuation beside Han characters', () => {
    const wrong = ids.filter((id) => /\p{Script=Han}[,:;?!()]|[,:;?!()]\p{Script=Han}/u.test(zh[id]))
    expect(wrong.map((id) => `${id}: ${zh[id]}`)).toEqual([])
  })

  test('are Chinese in the Chinese catalogue wherever English has words', () => {
    const same = ids.filter((id) => zh[id] === en[id] && /[a-z]{4,}/.test(en[id].replace(/\{[^}]*\}/g, '')))
    const names = /Sluice|Webhook|WeChat|Token|EncodingAESKey|AppID|JSON|JSONata|English|简体中文|Esc/
    // A line of code is the same everywhere.
    const code = /^[\w.]+ [<>=]/
    expect(same.filter((id) => !names.test(en[id]) && !code.test(en[id]))).toEqual([])
  })
})

test('the pseudo language is at least 60 % longer and shows where text begins and ends', () => {
  const long = pseudo('Withdraw everything')
  expect([...long].length).toBeGreaterThanOrEqual(Math.ceil('Withdraw everything'.length * 1.6))
  expect(long).toMatch(/^⟦.*⟧$/u)
})
