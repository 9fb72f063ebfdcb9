import { compileFlow } from '@sluice/engine/compile'
import { flow } from '@sluice/engine/testing'
import type { FlowDefinition, Problem } from '@sluice/flows'
import { expect, test } from 'vitest'
import { dataWords, nodeTypes } from './catalogue.ts'

function check(definition: FlowDefinition) {
  const { problems, proofs, compiled } = compileFlow(definition, { nodeTypes, version: 1, words: dataWords })
  const fails = proofs.filter(({ holds }) => !holds).map(({ rule }) => rule)
  return { problems, proofs, compiled, fails, errors: problems.filter(({ severity }) => severity === 'error') }
}

function only(problems: readonly Problem[], code: string): Problem {
  const found = problems.filter((problem) => problem.code === code)
  expect(found, JSON.stringify(problems)).toHaveLength(1)
  return found[0] as Problem
}

const pays = {
  customer: '{% nodes.veto.value.customer %}',
  amount: '{% nodes.veto.value.amount %}',
  currency: 'CNY',
  receipt: '{% nodes.veto.receipt %}',
}
const decided = { value: '{% {"customer": event.subject, "amount": nodes.ai.amount, "currency": "CNY"} %}', approver: 'role:director' }
const asks = { prompt: 'A discount for this customer, please', purpose: 'recommendation', scene: 'quote_push' }

/** Event → model → veto → pay, as a person would draw it. */
const sold = () =>
  flow('f').node('on', 'core.event', { type: 'quote.requested' }).node('ai', 'ai.generate', asks).node('veto', 'approvals.veto', decided)
const vetoed = () => sold().wire('on', 'ai').wire('ai', 'veto')

test('a model may propose a price when a person approves exactly what is paid', () => {
  const { fails, errors, compiled } = check(vetoed().node('pay', 'crm.apply-discount', pays).wire('veto.approved', 'pay').build())
  expect(errors).toEqual([])
  expect(fails).toEqual([])
  expect(compiled).not.toBeNull()
})

test('the approved value may travel through objects, waits and joins that hand it on unchanged', () => {
  const definition = vetoed()
    .node('pack', 'core.transform', { value: '{% {"pay": nodes.veto.value, "by": nodes.veto.receipt} %}' })
    .node('later', 'core.wait', { for: 'PT1H' })
    .node('tell', 'notify.rep', { text: 'Approved' })
    .node('both', 'core.join')
    .node('pay', 'crm.apply-discount', { amount: '{% input.later.pay.amount %}', currency: 'CNY', receipt: '{% input.later.by %}' })
    .wire('veto.approved', 'pack', 'tell')
    .wire('pack', 'later')
    .wire('later', 'both')
    .wire('tell', 'both')
    .wire('both', 'pay')
  expect(check(definition.build()).errors).toEqual([])
})

test.each<[string, Record<string, unknown>]>([
  ['by edge', { ...pays, amount: '{% nodes.ai.amount %}' }],
  ['by expression', { ...pays, amount: '{% nodes.veto.value.amount * 2 %}' }],
  ['by a choice inside an expression', { ...pays, amount: '{% nodes.ai.bold ? nodes.veto.value.amount : 5 %}' }],
  ['as the customer', { ...pays, customer: '{% nodes.ai.customer %}' }],
  ['with a receipt of nobody', { ...pays, receipt: 'forged' }],
])('a model’s say in money after the approval is refused: %s', (_, config) => {
  const { problems, fails } = check(vetoed().node('pay', 'crm.apply-discount', config).wire('veto.approved', 'pay').build())
  const problem = only(problems, 'SLU_MONEY_WITHOUT_HUMAN')
  expect(problem).toMatchObject({ severity: 'error', node: 'pay', fix: { action: 'insert-veto' } })
  expect(problem.way?.nodes.at(-1)).toBe('pay')
  expect(fails).toContain('veto')
})

test('the counter-example of the veto rule is the way of the model’s output, with the wires to light up', () => {
  const { problems } = check(
    sold()
      .node('pay', 'crm.apply-discount', { ...pays, amount: '{% input.amount %}' })
      .wire('on', 'ai')
      .wire('ai', 'pay')
      .build(),
  )
  expect(only(problems, 'SLU_MONEY_WITHOUT_HUMAN').way).toEqual({ nodes: ['ai', 'pay'], edges: [1] })
})

test('approve → edit → pay is refused, by wire too', () => {
  const edited = vetoed()
    .node('edit', 'core.transform', { value: '{% $merge([input, {"amount": nodes.ai.amount}]) %}' })
    .node('pay', 'crm.apply-discount', { amount: '{% input.amount %}', currency: 'CNY', receipt: '{% nodes.veto.receipt %}' })
    .wire('veto.approved', 'edit')
    .wire('edit', 'pay')
  expect(check(edited.build()).fails).toContain('veto')
})

test('a model that decides after the approval whether money moves is refused, one that decided before is not', () => {
  const branch = { when: '{% nodes.ai.bold %}' }
  const after = vetoed()
    .node('b', 'core.branch', branch)
    .node('pay', 'crm.apply-discount', pays)
    .wire('veto.approved', 'b')
    .wire('b.true', 'pay')
  expect(only(check(after.build()).problems, 'SLU_MONEY_WITHOUT_HUMAN').message).toMatchObject({
    en: expect.stringContaining('a model has a say'),
  })
  const before = sold()
    .node('b', 'core.branch', branch)
    .node('pay', 'crm.apply-discount', pays)
    .wire('on', 'ai')
    .wire('ai', 'b')
    .wire('b.true', 'veto')
    .wire('veto.approved', 'pay')
  expect(check(before.build()).errors).toEqual([])
})

test('where the ways of a model’s decision meet again, it no longer decides', () => {
  const definition = sold()
    .node('b', 'core.branch', { when: '{% nodes.ai.bold %}' })
    .node('tell', 'notify.rep', { text: 'Look' })
    .node('fixed', 'crm.apply-discount', { amount: 5, currency: 'CNY', receipt: '{% nodes.veto.receipt %}' })
    .wire('on', 'ai')
    .wire('ai', 'veto')
    .wire('veto.approved', 'b')
    .wire('b.true', 'tell')
    .wire('b.false', 'fixed')
    .wire('tell', 'fixed')
  expect(check(definition.build()).errors).toEqual([])
})

test('a model’s value that was stored in between is still a model’s value', () => {
  const definition = flow('f')
    .node('on', 'core.event', { type: 'x' })
    .node('ai', 'ai.generate', asks)
    .node('keep', 'crm.update-customer', { fields: { budget: '{% nodes.ai.amount %}' } })
    .node('read', 'crm.get-customer', { purpose: 'recommendation', scene: 'quote_push' })
    .node('veto', 'approvals.veto', { value: { amount: 5 }, approver: 'role:director' })
    .node('pay', 'crm.apply-discount', { amount: '{% nodes.read.fields.budget %}', currency: 'CNY', receipt: '{% nodes.veto.receipt %}' })
    .wire('on', 'ai')
    .wire('ai', 'keep')
    .wire('keep', 'read')
    .wire('read', 'veto')
    .wire('veto.approved', 'pay')
  expect(only(check(definition.build()).problems, 'SLU_MONEY_WITHOUT_HUMAN').message).toMatchObject({
    en: expect.stringContaining('a model has a say'),
  })
})

test('the receipt of one approval does not pay what another one approved', () => {
  const definition = vetoed()
    .node('other', 'approvals.veto', { value: { amount: 9 }, approver: 'role:director' })
    .node('pay', 'crm.apply-discount', { ...pays, amount: '{% nodes.other.value.amount %}' })
    .wire('veto.approved', 'other')
    .wire('other.approved', 'pay')
  expect(check(definition.build()).fails).toContain('veto')
})

const posts = (body: string, over: Record<string, unknown> = {}) => ({ method: 'POST', url: 'https://partner.example/api', body, ...over })
const reads = { purpose: 'recommendation', scene: 'quote_push' }
const shared = (body: string, over: Record<string, unknown> = {}) =>
  flow('f')
    .node('on', 'core.event', { type: 'lead.created' })
    .node('read', 'crm.get-customer', reads)
    .node('post', 'core.http-request', posts(body, over))
    .wire('on', 'read')
    .wire('read', 'post')

test('personal data leaves to a third party only under a purpose, and the problem offers three ways out', () => {
  const { problems, fails } = check(shared('{% {"mobile": input.fields.mobile} %}').build())
  const problem = only(problems, 'SLU_FLOW_CONSENT')
  expect(problem).toMatchObject({ node: 'post', severity: 'error', path: '/nodes/2/config/purpose' })
  expect(problem.fix).toMatchObject({ action: 'insert-mask', data: { node: 'post', source: 'read', fields: ['mobile'] } })
  expect(problem.fixes).toMatchObject([{ action: 'ask-consent', data: { node: 'post', ...reads } }, { action: 'remove' }])
  expect(problem.way).toEqual({ nodes: ['read', 'post'], edges: [1] })
  expect(fails).toEqual(['consent'])
})

test('with the purpose it was read for, or masked, the same data may leave', () => {
  expect(check(shared('{% {"mobile": input.fields.mobile} %}', reads).build()).errors).toEqual([])
  const masked = flow('f')
    .node('on', 'core.event', { type: 'lead.created' })
    .node('read', 'crm.get-customer', reads)
    .node('mask', 'masking.mask-fields', { fields: ['mobile'] })
    .node('post', 'core.http-request', posts('{% {"mobile": input.fields.mobile} %}'))
    .wire('on', 'read')
    .wire('read', 'mask')
    .wire('mask', 'post')
  expect(check(masked.build()).errors).toEqual([])
})

test('masking one field is not masking another', () => {
  const masked = flow('f')
    .node('on', 'core.event', { type: 'lead.created' })
    .node('mask', 'masking.mask-fields', { fields: ['mobile'] })
    .node('post', 'core.http-request', posts('{% {"mobile": input.mobile, "mail": input.email} %}'))
    .wire('on', 'mask')
    .wire('mask', 'post')
  expect(only(check(masked.build()).problems, 'SLU_FLOW_CONSENT').fix).toMatchObject({ data: { fields: ['email'] } })
})

test('data read for one use is not used for another, and no category goes beyond what its use covers', () => {
  const finance = { purpose: 'recommendation', scene: 'finance_plan' }
  expect(only(check(shared('{% {"m": input.fields.mobile} %}', finance).build()).problems, 'SLU_FLOW_CONSENT').message).toMatchObject({
    en: expect.stringContaining('it was read for'),
  })
  const telling = flow('f')
    .node('on', 'core.event', { type: 'lead.created' })
    .node('ai', 'ai.generate', { prompt: 'Income is {{ event.data.income }}', ...reads })
    .wire('on', 'ai')
  expect(only(check(telling.build()).problems, 'SLU_FLOW_CONSENT').message).toMatchObject({
    en: expect.stringContaining('not part of what'),
  })
})

test('what only a run can know is named as open, not as proved wrong', () => {
  const { proofs, errors } = check(
    shared('{% {"m": input.fields.mobile} %}', { purpose: '{% event.data.p %}', scene: 'community' }).build(),
  )
  expect(errors).toEqual([])
  expect(proofs.find(({ rule }) => rule === 'consent')).toEqual({ rule: 'consent', holds: true, open: ['post'] })
})

const writes = (text: string) => ({ customer: '{% event.subject %}', channel: 'wechat', text, ...reads })
const replies = (text: string) =>
  flow('f')
    .node('on', 'core.event', { type: 'message.received' })
    .node('ai', 'ai.generate', { prompt: 'Answer {{ event.data.text }}', ...reads })
    .node('send', 'notify.customer', writes(text))
    .wire('on', 'ai')

test('a text from outside, or what a model made of it, is not sent to a customer unseen', () => {
  for (const text of ['{{ event.data.text }}', '{{ event.sentby }}', '{{ nodes.ai.text }}', 'We say: {{ nodes.ai.text }}']) {
    const { problems, fails } = check(replies(text).wire('ai', 'send').build())
    expect(only(problems, 'SLU_FLOW_INJECTION')).toMatchObject({ node: 'send', fix: { action: 'insert-review' } })
    expect(fails).toEqual(['injection'])
  }
})

test('a person in between, a quotation in a sentence or a table of answers makes it a rule', () => {
  const reviewed = replies('{{ nodes.ai.text }}').node('look', 'approvals.task', { title: 'Look', assignee: 'role:legal', due: 'P1D' })
  expect(check(reviewed.wire('ai', 'look').wire('look.approve', 'send').build()).fails).toEqual([])
  expect(check(reviewed.wire('look.expired', 'send').build()).fails).toEqual(['injection'])
  expect(check(replies('Your quote for the {{ event.data.model }} is ready').wire('ai', 'send').build()).fails).toEqual([])
  const table = {
    inputs: [{ name: 'topic', value: '{% event.data.topic %}' }],
    outputs: [{ name: 'answer' }],
    rows: [{ when: ['-'], give: ['We call you back'] }],
  }
  const byTable = replies('{{ nodes.t.answer }}').node('t', 'core.decision', table).wire('ai', 't').wire('t.out', 'send')
  expect(check(byTable.build()).fails).toEqual([])
})

const withdrawn = () => flow('f').node('on', 'consent.changed', { change: 'withdrawn' })
const freezes = { fields: ['income'] }

test('a withdrawal that could take 95 s is refused with the way and the timer to shorten', () => {
  const late = (length: string) =>
    withdrawn()
      .node('w', 'core.wait', { for: length })
      .node('freeze', 'crm.freeze-fields', freezes)
      .wire('on', 'w')
      .wire('w', 'freeze')
      .build()
  const { problems, fails } = check(late('PT95S'))
  const problem = only(problems, 'SLU_FLOW_WITHDRAWAL_LATE')
  expect(problem).toMatchObject({ node: 'w', fix: { action: 'show-path' }, way: { nodes: ['on', 'w', 'freeze'], edges: [0, 1] } })
  expect(problem.message).toMatchObject({ en: expect.stringContaining('95 s, limit 90 s') })
  expect(fails).toEqual(['withdrawal'])
  expect(check(late('PT60S')).fails).toEqual([])
})

test('retries, time limits and loops count as they would run', () => {
  const retry = { attempts: 3, backoff: 'fixed', delayMs: 1_000 } as const
  const retried = (timeoutMs: number) =>
    withdrawn().node('alert', 'notify.rep', { text: 'x' }, { retry, timeoutMs }).wire('on', 'alert').build()
  expect(check(retried(29_000)).fails).toEqual([])
  expect(check(retried(30_000)).fails).toEqual(['withdrawal'])
  const looping = withdrawn()
    .node('b', 'core.branch', { when: '{% input.x %}' })
    .node('w', 'core.wait', { for: 'PT1S' })
    .node('freeze', 'crm.freeze-fields', freezes)
    .wire('on', 'b')
    .wire('b.true', 'w')
    .wire('w', 'b')
    .wire('b.false', 'freeze')
  expect(only(check(looping.build()).problems, 'SLU_FLOW_WITHDRAWAL_LATE').message).toMatchObject({
    en: expect.stringContaining('no time limit'),
  })
})

test('a person asked afterwards is a follow-up; a person asked before the freeze holds the clock', () => {
  const task = { title: 'Call', assignee: 'role:manager', due: 'P2D' }
  const after = withdrawn()
    .node('alert', 'notify.rep', { text: 'x', ackWithin: 'PT30M' })
    .node('call', 'approvals.task', task)
    .node('again', 'notify.rep', { text: 'y' })
    .wire('on', 'alert')
    .wire('alert.unacknowledged', 'call')
    .wire('call.expired', 'again')
  expect(check(after.build()).fails).toEqual([])
  const before = withdrawn()
    .node('ask', 'approvals.task', task)
    .node('freeze', 'crm.freeze-fields', freezes)
    .wire('on', 'ask')
    .wire('ask.approve', 'freeze')
  expect(check(before.build()).fails).toEqual(['withdrawal'])
})

test('a loop whose lines multiply is refused with the lines; one that joins them first is not', () => {
  const base = () =>
    flow('f').node('on', 'core.manual').node('a', 'core.transform', { value: 1 }).node('b', 'core.branch', { when: '{% input %}' })
  const doubling = base()
    .node('c', 'core.branch', { when: '{% input %}' })
    .wire('on', 'a')
    .wire('a', 'b', 'c')
    .wire('b.true', 'a')
    .wire('c.true', 'a')
  const { problems, fails } = check(doubling.build())
  expect(only(problems, 'SLU_FLOW_LOOP_MULTIPLIES')).toMatchObject({ node: 'a', way: { edges: [1, 3, 2, 4] } })
  expect(fails).toEqual(['sound'])
  const joined = base()
    .node('x', 'core.transform', { value: 1 })
    .node('y', 'core.transform', { value: 1 })
    .node('j', 'core.join')
    .wire('on', 'a')
    .wire('a', 'x', 'y')
    .wire('x', 'j')
    .wire('y', 'j')
    .wire('j', 'b')
    .wire('b.true', 'a')
  expect(check(joined.build()).errors).toEqual([])
})

test('a flow that a withdrawal starts goes before all others without being told, others as they say', () => {
  const tells = (start: ReturnType<typeof flow>) =>
    check(start.node('tell', 'notify.rep', { text: 'Look' }).wire('on', 'tell').build()).compiled
  const event = () => flow('f').node('on', 'core.event', { type: 'x' })
  expect(tells(withdrawn().settings({ priority: 'low' }))?.settings.priority).toBe('withdrawal')
  expect(tells(event().settings({ priority: 'high' }))?.settings.priority).toBe('high')
  expect(tells(event().settings({ priority: 'normal' }))?.settings).not.toHaveProperty('priority')
})

test('a model that was asked for a shape has no other fields, and what is wrong in an expression is shown at its place', () => {
  const schema = { type: 'object', properties: { amount: { type: 'number' } }, additionalProperties: false }
  const { problems } = check(
    flow('f')
      .node('on', 'core.event', { type: 'quote.requested' })
      .node('ai', 'ai.generate', { ...asks, schema })
      .node('sum', 'core.transform', { value: '{% nodes.ai.amuont * 2 %}' })
      .node('tell', 'notify.rep', { text: 'Worth {{ nodes.ai.amount }}' })
      .wire('on', 'ai')
      .wire('ai', 'sum')
      .wire('sum', 'tell')
      .build(),
  )
  expect(only(problems, 'SLU_FLOW_MEMBER_UNKNOWN')).toMatchObject({
    node: 'sum',
    severity: 'warning',
    path: '/nodes/2/config/value',
    position: 12,
  })
})
