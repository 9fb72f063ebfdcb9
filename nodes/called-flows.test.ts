import { compileFlow } from '@sluice/engine/compile'
import { flow } from '@sluice/engine/testing'
import type { FlowDefinition } from '@sluice/flows'
import { expect, test } from 'vitest'
import { dataWords, nodeTypes } from './catalogue.ts'

/** What a check says of a flow when it may look into the flows it calls. */
function check(definition: FlowDefinition, ...others: readonly FlowDefinition[]) {
  const findFlow = (key: string) => others.find((it) => it.key === key) ?? null
  const { problems, proofs, labels } = compileFlow(definition, { nodeTypes, version: 1, words: dataWords, findFlow })
  const open = proofs.find(({ rule }) => rule === 'withdrawal')?.open
  return { problems, labels: labels(), open, fails: proofs.filter(({ holds }) => !holds).map(({ rule }) => rule) }
}

const asks = { prompt: 'Is this a good customer?', purpose: 'recommendation', scene: 'quote_push' }
const pays = {
  customer: '{% nodes.veto.value.customer %}',
  amount: '{% nodes.veto.value.amount %}',
  currency: 'CNY',
  receipt: '{% nodes.veto.receipt %}',
}
const decided = { value: '{% {"customer": event.subject, "amount": 5} %}', approver: 'role:director' }

const judge = flow('judge').node('in', 'core.manual').node('ai', 'ai.generate', asks).wire('in', 'ai').build()
const count = flow('count').node('in', 'core.manual').node('sum', 'core.transform', { value: '{% 1 + 1 %}' }).wire('in', 'sum').build()

/** Veto → call → branch on what came back → pay. */
const paidAfter = (called: string, config: object = {}) =>
  flow('f')
    .node('on', 'core.event', { type: 'quote.requested' })
    .node('veto', 'approvals.veto', decided)
    .node('call', 'core.call', { flow: called, input: 1, ...config })
    .node('if', 'core.branch', { when: '{% nodes.call.good = true %}' })
    .node('pay', 'crm.apply-discount', pays)
    .wire('on', 'veto')
    .wire('veto.approved', 'call')
    .wire('call', 'if')
    .wire('if.true', 'pay')
    .build()

test('a model inside a called flow that decides about approved money is refused; a calculation there is not', () => {
  const refused = check(paidAfter('judge'), judge)
  expect(refused.problems.map(({ code }) => code)).toContain('SLU_MONEY_WITHOUT_HUMAN')
  expect(refused.fails).toContain('veto')
  expect(check(paidAfter('count'), count).fails).toEqual([])
})

test('it does not matter how many calls lie between', () => {
  const between = flow('between').node('in', 'core.manual').node('call', 'core.call', { flow: 'judge' }).wire('in', 'call').build()
  expect(check(paidAfter('between'), between, judge).fails).toContain('veto')
})

test('a call that is not waited for gives back no more than the name of the run', () => {
  expect(check(paidAfter('judge', { wait: false }), judge).fails).toEqual([])
})

test('an approval inside a called flow is not one of the caller, whatever the steps are called', () => {
  const asking = flow('inner').node('in', 'core.manual').node('veto', 'approvals.veto', decided).wire('in', 'veto')
  const inner = asking.wire('veto.vetoed', 'veto').wire('veto.expired', 'veto').build()
  const torn = flow('f')
    .node('on', 'core.event', { type: 'quote.requested' })
    .node('veto', 'approvals.veto', decided)
    .node('call', 'core.call', { flow: 'inner' })
    .node('pay', 'crm.apply-discount', { ...pays, amount: '{% nodes.call.value.amount %}' })
    .wire('on', 'veto')
    .wire('veto.approved', 'call')
    .wire('call', 'pay')
  const { labels, fails } = check(torn.build(), inner)
  expect(labels.at(-1)?.approvals).toEqual(['inner/veto'])
  expect(fails).toContain('veto')
})

test('flows that call each other in a ring come to an end, and anything may come out of them', () => {
  const ring = flow('ring').node('in', 'core.manual').node('call', 'core.call', { flow: 'f' }).wire('in', 'call').build()
  const { fails } = check(paidAfter('ring'), ring, paidAfter('ring'))
  expect(fails).toContain('veto')
})

test('personal data that a called flow reads is on the wire behind the call', () => {
  const reads = { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' }
  const get = flow('get').node('in', 'core.manual').node('read', 'crm.get-customer', reads).wire('in', 'read').build()
  const caller = flow('f').node('on', 'core.manual').node('call', 'core.call', { flow: 'get', input: 1 }).node('end', 'core.stop')
  const { labels } = check(caller.wire('on', 'call').wire('call', 'end').build(), get)
  expect(labels[1]).toMatchObject({ subject: 'identifying', purposes: ['recommendation'], scenes: ['quote_push'] })
  expect(labels[1]?.categories).not.toEqual([])
})

const slow = flow('slow').node('in', 'core.manual').node('w', 'core.wait', { for: 'PT95S' }).wire('in', 'w').build()
const withdrawn = (config: Record<string, unknown>) =>
  flow('f')
    .node('on', 'consent.changed', { change: 'withdrawn' })
    .node('call', 'core.call', config)
    .node('freeze', 'crm.freeze-fields', { fields: ['income'] })
    .wire('on', 'call')
    .wire('call', 'freeze')
    .build()

test('the time of a called flow counts on the way of a withdrawal, whether it is waited for or not', () => {
  const late = check(withdrawn({ flow: 'slow' }), slow)
  expect(late.problems.find(({ code }) => code === 'SLU_FLOW_WITHDRAWAL_LATE')).toMatchObject({
    node: 'call',
    way: { nodes: ['on', 'call', 'freeze'] },
    message: { en: expect.stringContaining('95 s, limit 90 s') },
  })
  expect(check(withdrawn({ flow: 'slow', wait: false }), slow).fails).toEqual(['withdrawal'])
  expect(check(withdrawn({ flow: 'count' }), count)).toMatchObject({ fails: [], open: undefined })
})

test('how long a flow takes that is not known is left open, and said', () => {
  expect(check(withdrawn({ flow: 'nowhere' }))).toMatchObject({ fails: [], open: ['call'] })
})
