import { expect, test } from 'vitest'
import { permits } from '../../consent/server/tables.ts'
import { message, senderServer } from '../../consent/server/testing/sender.ts'
import { world } from '../../consent/server/testing/world.ts'
import { customers } from './tables.ts'

function start() {
  const it = world([senderServer])
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/finance_plan'])
  const { income, mobile } = it.records.find(customers, { id: 'c-1' })?.fields ?? {}
  return { it, income, mobile }
}

test('a message that holds a value its use does not cover never leaves, and no permit stays', () => {
  const { it, income } = start()
  it.command('sender.send', { use: message('c-1'), key: 'tells', text: `Your income of ${income} allows a bigger car` })
  expect(it.sent).toEqual([])
  expect(it.records.count(permits)).toBe(0)
})

test('the same value leaves under the use that covers it, and a covered one under its own', () => {
  const { it, income, mobile } = start()
  it.command('sender.send', { use: message('c-1', { scene: 'finance_plan' }), key: 'finance', text: `Income ${income}` })
  it.command('sender.send', { use: message('c-1'), key: 'quote', text: `We call ${mobile}` })
  expect(it.sent.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['finance', 'quote'])
})

test('a number that only contains the value is another number', () => {
  const { it, income } = start()
  it.command('sender.send', { use: message('c-1'), key: 'longer', text: `Order 9${income}9` })
  expect(it.sent).toHaveLength(1)
})
