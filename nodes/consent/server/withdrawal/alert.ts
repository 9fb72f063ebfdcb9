import type { WriteContext } from '@sluice/sdk/server'
import { alerts } from '../../../notify/index.ts'
import { repCard } from '../../domain/withdrawal.ts'
import { findCustomer } from '../subject.ts'
import type { Withdrawal } from '../tables.ts'

type Language = 'en' | 'zh-CN'

/** An alert about this customer that reached an inbox after the fence, whether a flow or we ourselves raised it. */
export function deliveredAlert(context: WriteContext, withdrawal: Withdrawal): { at: number; proof: { [key: string]: string } } | null {
  const since = context.records.list(alerts, {
    where: { customer: withdrawal.customer, createdAt: { gte: withdrawal.fencedAt } },
    orderBy: [['createdAt', 'asc']],
    limit: 100,
  })
  const alert = since.find((it) => it.withdrawal === withdrawal.id || (it.run !== null && withdrawal.runs.includes(it.run)))
  return alert === undefined ? null : { at: alert.createdAt, proof: { alert: alert.id, to: alert.to } }
}

/** Tells the owner what ended and what is still allowed, in the owner's own language. */
export function alertRep(context: WriteContext, withdrawal: Withdrawal): boolean {
  const customer = findCustomer(context, withdrawal.customer)
  const name = customer?.name ?? withdrawal.customer
  context.command('alerts.raise', {
    customer: withdrawal.customer,
    title: { en: 'Consent withdrawn', 'zh-CN': '客户撤回授权' },
    text: { en: cardText(withdrawal, name, 'en'), 'zh-CN': cardText(withdrawal, name, 'zh-CN') },
    kind: 'withdrawal',
    withdrawal: withdrawal.id,
  })
  return true
}

function cardText(withdrawal: Withdrawal, name: string, language: Language): string {
  const { youMay, youMustNot } = repCard(withdrawal.leftMask, withdrawal.cutMask, language)
  const listed = (items: readonly string[], none: string) =>
    items.length === 0 ? none : items.slice(0, 8).join(language === 'en' ? '; ' : '；')
  const text =
    language === 'en'
      ? `${name} withdrew consent. You must not: ${listed(youMustNot, 'use the withdrawn data')}. You may: ${listed(youMay, 'only what the contract needs')}.`
      : `${name} 撤回了授权。不可：${listed(youMustNot, '使用已撤回的信息')}。仍可：${listed(youMay, '仅限履行合同所需')}。`
  return text.slice(0, 4_000)
}

/** The clock runs out: the people who answer for consent see which steps are open. No customer data in it, only ids. */
export function alertManagers(context: WriteContext, withdrawal: Withdrawal, open: readonly string[], after: number): void {
  const seconds = Math.round(after / 1_000)
  context.command('alerts.raise', {
    to: 'role:consent_manager',
    title: { en: `Withdrawal open after ${seconds} s`, 'zh-CN': `撤回已过 ${seconds} 秒未完成` },
    text: `Withdrawal ${withdrawal.id}: ${open.join(', ')}`,
    kind: 'sla',
    withdrawal: null,
  })
}
