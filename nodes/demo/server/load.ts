import { type Json, words } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { tasks } from '../../approvals/index.ts'
import { demoCustomers, demoReps } from './people.ts'
import { demoRows } from './tables.ts'

type Language = 'en' | 'zh-CN'

const source = '/sluice/demo'
const secondAct = 'demo:second-act'

/**
 * Tells a few days of a dealership through the same commands and events that people use, so that nothing shown is made up.
 * The withdrawals follow a moment later, when the runs they stop are waiting.
 */
export function loadDemo(context: WriteContext, { language }: { readonly language: Language }): void {
  for (const rep of demoReps) {
    context.command('crm.save-rep', rep)
    context.records.insert(demoRows, { kind: 'rep', id: rep.id })
  }
  for (const { grants, ...customer } of demoCustomers) {
    context.command('crm.create-customer', customer)
    context.records.insert(demoRows, { kind: 'customer', id: customer.id })
    if (grants.length > 0) grantAll(context, customer.id, customer.language, grants)
  }
  firstAct(context)
  context.schedule({ key: secondAct, command: 'demo.second-act', dueAt: context.now + 2_000, payload: { language } })
}

export function stopStories(context: WriteContext): void {
  context.unschedule(secondAct)
}

function grantAll(context: WriteContext, customer: string, language: string, grants: readonly string[]): void {
  const decisions = grants.map((grant) => {
    const [purpose, scene] = grant.split('/')
    return { purpose, scene, value: 'yes' }
  })
  context.command('consent.decide', {
    customer,
    decisions,
    act: 'checkbox',
    language,
    channel: 'demo:preference-page',
    notice: 'demo-notice-1',
  })
}

/** Runs that end, runs that wait for people, one that needs an operator and one that failed. */
function firstAct(context: WriteContext): void {
  const tell = (type: string, subject: string, data: Json) => context.emit({ source, type, subject, data })
  // As they come from the field: a form that sent words for a number, and a complaint without a word. They come first, so that whoever
  // tries a flow on its latest event sees it work.
  tell('quote.requested', 'd-1002', { model: 'Terra 5', discount: '面议', currency: 'CNY', author: 'rep:d-r-1' })
  tell('complaint.received', 'd-1004', {})
  tell('message.received', 'd-1001', { text: '这个价格太高了，还能谈吗？', quote: { amount: 31_900_000, currency: 'CNY' } })
  tell('message.received', 'd-1003', { text: '价格太高，我再看看别家。', quote: { amount: 42_500_000, currency: 'CNY' } })
  tell('message.received', 'd-1008', { text: 'Nice car, but too expensive for us.', quote: { amount: 6_490_000, currency: 'EUR' } })
  tell('test_drive.completed', 'd-1002', { model: 'Terra 5' })
  tell('test_drive.completed', 'd-1010', { model: 'Terra 5' })
  tell('quote.requested', 'd-1005', { model: 'Terra 7', discount: 0, currency: 'CNY', author: 'rep:d-r-2' })
  tell('quote.requested', 'd-1009', { model: 'City E', discount: 60_000, currency: 'EUR', author: 'rep:d-r-3' })
  tell('complaint.received', 'd-1011', { summary: 'Noise at the rear door after the last service.' })
  context.command('consent.session-open', { id: 'd-se-1', customer: 'd-1006', channel: 'wecom_chat', rep: 'd-r-2' })
}

/** Command `demo.second-act`: three customers change their minds, each in another way, and the director asks before deciding. */
export function playSecondAct(context: WriteContext, payload: { readonly language?: Language } | null): void {
  if (context.records.count(demoRows) === 0) return
  askBack(context, payload?.language ?? 'en')
  const withdraw = (customer: string, what: object) =>
    context.command('consent.withdraw', { customer, receivedAt: context.now, sourceKey: `demo:${customer}`, ...what })
  withdraw('d-1003', {
    purposes: ['recommendation', 'risk_modelling', 'third_party_sharing'],
    channel: 'preference_page',
    language: 'zh-CN',
  })
  withdraw('d-1006', {
    session: 'd-se-1',
    cells: [{ purpose: 'recommendation', scene: 'event_invite' }],
    channel: 'preference_page',
    language: 'zh-CN',
  })
  withdraw('d-1010', { categories: ['contact.mobile'], channel: 'wechat', language: 'en' })
}

/** What a rep and a manager have to do here: vetoes are the director's, so each of them is asked about one. */
const questions = [
  {
    customer: 'd-1001',
    to: 'rep:d-r-1',
    text: words('How firm is the other offer the customer has?', '客户手上的另一份报价有多确定？'),
  },
  {
    customer: 'd-1001',
    to: 'rep:d-r-5',
    text: words('Does this discount fit into what the team has left this month?', '这笔优惠是否在团队本月剩余额度之内？'),
  },
  {
    customer: 'd-1009',
    to: 'rep:d-r-3',
    text: words('Would they take the winter tyres instead of part of the discount?', '能否用冬季轮胎代替部分优惠？'),
  },
] as const

function askBack(context: WriteContext, language: Language): void {
  const [director] = context.command<readonly string[]>('people.find', { address: 'role:director' })
  if (director === undefined) return
  const by = { id: director, name: '', roles: ['director'], rep: null }
  for (const { customer, to, text } of questions) {
    const [task] = context.records.list(tasks, { where: { subject: customer, state: 'open', kind: 'veto' }, limit: 1 })
    if (task !== undefined) context.command('tasks.ask', { task: task.id, to, text: text[language], by })
  }
}
