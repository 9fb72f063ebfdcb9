import { expect, test } from 'vitest'
import { caller, world } from '../../consent/server/testing/world.ts'
import { customerSight } from './sight.ts'

const mobile = '13800138000'
const admin = caller()
const filler = (count: number) => Array.from({ length: count }, (_, index) => `lead-${index}`)

function frozenOf(mentioned: readonly unknown[]) {
  const it = world()
  it.customer('c-1', ['recommendation/quote_push'], { mobile })
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  return customerSight(admin, it.records).on(null, mentioned)
}

test('whose data it is, is found among thousands of other texts', () => {
  const lens = frozenOf([filler(15_000), 'c-1'])
  expect(lens.mask({ copy: mobile, n: 5 })).toEqual({ copy: { $masked: 'frozen' }, n: 5 })
})

test('whose data it is, is found where the customer is the key', () => {
  expect(frozenOf([{ 'c-1': { copy: mobile } }]).mask([mobile])).toEqual([{ $masked: 'frozen' }])
})

test('what names more than can be looked up is hidden whole, with its shape left', () => {
  const lens = frozenOf([filler(20_001), 'c-1'])
  const hidden = { $masked: 'policy', type: 'string' }
  expect(lens.mask({ copy: mobile, n: 5, ok: true, list: ['x', null], [mobile]: true })).toEqual({
    copy: hidden,
    n: { $masked: 'policy', type: 'number' },
    ok: true,
    list: [hidden, null],
    '[policy]': true,
  })
  expect(lens.text(`ring ${mobile}`)).toBe('[policy]')
})

test('a page that tells of two thousand customers is looked through at once', () => {
  const it = world()
  for (let n = 0; n < 2_000; n++)
    it.command('crm.create-customer', {
      id: `c-${n}`,
      name: `客户${n}`,
      owner: null,
      language: 'en',
      fields: { mobile: `138${String(n).padStart(8, '0')}`, email: `m${n}@example.com`, city: `Town ${n}` },
    })
  const analyst = caller({ roles: ['analyst'] })
  const list = Array.from({ length: 2_000 }, (_, n) => ({ id: `c-${n}`, said: `ring 138${String(n).padStart(8, '0')} in Town ${n}` }))
  const shown = JSON.stringify(customerSight(analyst, it.records).on(null, [list]).mask(list))
  expect(shown).not.toMatch(/138\d{8}/)
})
