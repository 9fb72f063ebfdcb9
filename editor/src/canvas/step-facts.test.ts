import { expect, test, vi } from 'vitest'
import { queryClient } from '../app/api/index.ts'
import { toyCatalogue } from '../doc/testing/toy-catalogue.ts'
import { sentenceOf } from './step-facts.ts'

const toy = toyCatalogue.find('toy.step')
if (toy === null || toy === undefined) throw new Error('There is no toy step')
const saying = (sentence: string) => ({ ...toyCatalogue, find: () => ({ ...toy, sentence: () => sentence }) })
const said = (sentence: string, language: 'en' | 'zh-CN') => sentenceOf({ id: 'a', type: 'toy.step' }, saying(sentence), language)

test('a card says durations and Chinese lists in words, and leaves everything else as its type says it', () => {
  expect(said('Alerts the owner, answer within PT2H', 'en')).toBe('Alerts the owner, answer within 2 h')
  expect(said('等待 P1DT12H', 'zh-CN')).toBe('等待 1 天 12 小时')
  expect(said('由 总监 批准或否决', 'zh-CN')).toBe('由总监批准或否决')
  expect(said('隐藏 mobile, email, income', 'zh-CN')).toBe('隐藏 mobile、email、income')
  expect(said('隐藏 手机号, 地址', 'zh-CN')).toBe('隐藏手机号、地址')
  expect(said('Until 2026-03-01T09:00:00.000Z', 'en')).toMatch(/^Until Mar 1, 2026, \d\d:00$/)
  expect(said('Hides mobile, email', 'en')).toBe('Hides mobile, email')
  for (const text of ['POST /orders', 'P', 'When PT arrives', 'PT2H-old', 'role:nobody-known']) {
    expect(said(text, 'en')).toBe(text.replace('role:nobody-known', 'nobody-known'))
  }
})

test('a card names fields, events and purposes as people do; what nobody has a word for stays as it is', () => {
  const echo = { ...toyCatalogue, find: () => ({ ...toy, sentence: (config: object) => JSON.stringify(config) }) }
  const card = (type: string, config: object) =>
    JSON.parse(sentenceOf({ id: 'a', type, config: { ...config } } as Parameters<typeof sentenceOf>[0], echo, 'en'))
  // Without a catalogue a text says its id.
  expect(card('masking.mask-fields', { fields: ['mobile', 'shoe_size'] }).fields).toEqual(['drawing.field.mobile', 'shoe_size'])
  expect(card('crm.date-field', { field: 'mobile' }).field).toBe('drawing.field.mobile')
  expect(card('core.event', { type: 'message.received' }).type).toBe('drawing.event.message.received')
  expect(card('crm.apply-discount', { amount: 123_456, currency: 'CNY' }).amount).toBe('CN¥1,234.56')
  expect(card('core.event', { type: 'own.thing' }).type).toBe('own.thing')
  expect(card('notify.customer', { purpose: 'recommendation' }).purpose).toBe('app.purpose.recommendation')
  expect(card('consent.check', { purpose: 'recommendation' }).purpose).toBe('recommendation')
})

test('a branch says its condition as a rule is read, in both languages; a condition that is more than a rule stays as it is written', async () => {
  const echo = { ...toyCatalogue, find: () => ({ ...toy, sentence: ({ when }: { readonly when?: unknown }) => `如果 ${String(when)}` }) }
  const card = (when: string, language: 'en' | 'zh-CN') => sentenceOf({ id: 'a', type: 'core.branch', config: { when } }, echo, language)
  // What reads conditions comes with the first of them; here it is read beforehand, which may take a while on a busy machine.
  await import('./more-words.ts')
  expect(card('{% input.amount > 1000 %}', 'en')).toBe('如果 {% input.amount > 1000 %}')
  await vi.waitFor(() => expect(card('{% input.amount > 1000 %}', 'en')).toBe('如果 amount is more than 1000'))
  expect(card('{% input.amount > 1000 and input.vip = true %}', 'zh-CN')).toBe('如果“amount”大于 1000，且“vip”为“是”')
  expect(card('{% $count(input.rows) > 2 %}', 'en')).toBe('如果 {% $count(input.rows) > 2 %}')
})

test('a card says clock lines, people, flows and what it sets by their names; whom nobody knows by the id', async () => {
  const echo = { ...toyCatalogue, find: () => ({ ...toy, sentence: (config: object) => JSON.stringify(config) }) }
  const card = (type: string, config: object) =>
    JSON.parse(sentenceOf({ id: 'a', type, config: { ...config } } as Parameters<typeof sentenceOf>[0], echo, 'en'))
  await import('./more-words.ts')
  queryClient.setQueryData(['reps'], { items: [{ id: 'r-1', name: 'Lin Wei' }], next: null })
  queryClient.setQueryData(['flows', 'named', 'loyalty'], {
    items: [{ key: 'loyalty', name: { en: 'Loyalty', 'zh-CN': '忠诚' } }],
    next: null,
  })
  await vi.waitFor(() => expect(card('core.schedule', { cron: '0 9 * * 1-5' }).cron).toBe('Monday to Friday at 09:00'))
  expect(card('core.schedule', { cron: '0 9-17 * * 1#2' }).cron).toBe('0 9-17 * * 1#2')
  expect(card('notify.rep', { to: 'rep:r-1' }).to).toBe('Lin Wei')
  expect(card('approvals.task', { assignee: 'rep:r-9', reviewer: 'role:legal' })).toEqual({
    assignee: 'rep:r-9',
    reviewer: 'app.role.legal',
  })
  expect(card('core.call', { flow: 'loyalty' }).flow).toBe('Loyalty')
  expect(card('core.for-each', { items: '{% input.order.items %}' }).items).toBe('order › items')
  expect(card('core.lock', { key: '{% event.subject %}' }).key).toBe('the customer')
  expect(
    card('core.transform', { value: '{% {"who": event.subject, "parts": {"inner": [1, {"deep": 2}]}, "sum": $sum(input.a)} %}' }).value,
  ).toBe('who, parts, sum')
  expect(card('core.transform', { value: { customer: 1, amount: 2 } }).value).toBe('customer, amount')
  expect(card('core.transform', { value: '{% $sum(input.a) %}' }).value).toBe('{% $sum(input.a) %}')
  expect(card('crm.update-customer', { fields: { mobile: '1', shoe_size: 2 } }).fields).toEqual({
    'drawing.field.mobile': '1',
    shoe_size: 2,
  })
})
