import { describe, expect, test } from 'vitest'
import { shippedFields } from './fields.ts'
import { hiddenFrom, makeLens, type Seen } from './lens.ts'
import type { Reader } from './view.ts'

const catalogue = new Map(shippedFields.map((field) => [field.name, field]))
const mobile = '13800138000'
const lei: Seen = { name: '李雷', fields: { mobile, income: 345_678, city: '上海', model: 'EV 7' }, frozen: new Set(), granted: 0 }
const lens = (kind: 'full' | 'rep' | 'masked', customer: Partial<Seen> = {}) =>
  makeLens(hiddenFrom({ kind } as Reader, [{ ...lei, ...customer }], catalogue))
const frozen = { $masked: 'frozen' }

describe('what is frozen', () => {
  const shut = { frozen: new Set(['mobile', 'income', 'model']) }

  test('is hidden by its value wherever it was copied to, from an admin too', () => {
    expect(lens('full', shut).mask({ a: { copy: mobile, sum: 345_678 }, list: [mobile] })).toEqual({
      a: { copy: frozen, sum: frozen },
      list: [frozen],
    })
  })

  test('is hidden inside texts, and only as a word of its own', () => {
    expect(lens('full', shut).text(`ring ${mobile}, order 9${mobile}`)).toBe(`ring [frozen], order 9${mobile}`)
  })

  test('is hidden inside texts with letters before or behind it', () => {
    expect(lens('full', shut).text(`tel${mobile}x`)).toBe('tel[frozen]x')
  })

  test('is hidden where it is a key, and two keys do not become one', () => {
    const shown = lens('full', { frozen: new Set(['mobile', 'income']), fields: { ...lei.fields, phone: mobile } })
    expect(shown.mask({ [mobile]: 1, a: { '345678': 2, [`tel ${mobile}`]: 3 } })).toEqual({
      '[frozen]': 1,
      a: { '[frozen]': 2, 'tel [frozen]': 3 },
    })
    expect(shown.mask({ [mobile]: 1, [`(${mobile})`]: 2, '345678': 3 })).toEqual({ '[frozen]': 3, '[frozen] 2': 1, '([frozen])': 2 })
  })

  test('leaves the names of fields as keys, whatever else they are', () => {
    const odd = lens('full', { frozen: new Set(['city']), fields: { city: 'mobile' } })
    expect(odd.mask({ mobile: 'x', b: 'mobile' })).toEqual({ mobile: 'x', b: frozen })
  })

  test('is hidden by its name when the value is another than the stored one', () => {
    expect(lens('full', shut).mask({ mobile: '13900139000' })).toEqual({ mobile: frozen })
  })

  test('a name that means many things counts inside a customer’s record only', () => {
    expect(lens('full', shut).mask({ model: 'rules', fields: { model: 'Other' } })).toEqual({ model: 'rules', fields: { model: frozen } })
  })

  test('leaves everything else as it is', () => {
    expect(lens('full', shut).mask({ city: '上海', name: '李雷', income: null, n: 3 })).toEqual({
      city: '上海',
      name: '李雷',
      income: null,
      n: 3,
    })
  })
})

describe('who works on flows', () => {
  test('sees no personal field, no whole name and nobody’s number in a text', () => {
    expect(lens('masked').mask({ mobile, said: '李雷 13900139000 上海', customer: { id: 'c-1', city: '北京' } })).toEqual({
      mobile: { $masked: 'policy', type: 'string' },
      said: '李* 139****9000 [policy]',
      customer: { id: 'c-1', city: { $masked: 'policy', type: 'string' } },
    })
  })

  test('sees ids, times and amounts', () => {
    const plain = { id: '01M84DP3JR46STRCY75T2E35YG', at: '2026-03-02T03:00:00.000Z', amount: 12_345, run: 'r-1', ok: true }
    expect(lens('masked').mask(plain)).toEqual(plain)
  })

  test('sees of frozen data that it is frozen', () => {
    expect(lens('masked', { frozen: new Set(['mobile']) }).mask({ mobile, copy: mobile })).toEqual({ mobile: frozen, copy: frozen })
  })
})

test('a rep sees what some grant covers', () => {
  expect(lens('rep').mask({ mobile })).toEqual({ mobile: { $masked: 'no_consent' } })
  expect(lens('rep', { granted: 1 << 1 }).mask({ mobile })).toEqual({ mobile })
})

test('a value that is already hidden keeps its reason, and a hostile depth is cut', () => {
  expect(lens('masked').mask({ copy: { $masked: 'no_consent' } })).toEqual({ copy: { $masked: 'no_consent' } })
  let deep: unknown = mobile
  for (let level = 0; level < 200; level += 1) deep = [deep]
  expect(JSON.stringify(lens('masked').mask(deep))).not.toContain(mobile)
})

test('a name with regular expression signs in it is only a name', () => {
  expect(lens('masked', { name: 'A.*(B' }).text('A.*(B and AxxB')).toBe('A***(* and AxxB'.replace('A***(*', 'A****'))
})
