import { useT } from '../../app/i18n/index.ts'

/** What the log records; each has its words as `audit.what.<kind>`. */
export const knownKinds = [
  'ai.answer-destroyed',
  'ai.strategy-superseded',
  'alert.acknowledged',
  'alert.escalated',
  'alert.raised',
  'channel.connected',
  'channel.disconnected',
  'channels.wechat-connected',
  'channels.wechat-disconnected',
  'consent.given',
  'consent.refused',
  'consent.expired',
  'consent.withdrawn',
  'consent.withdrawal-completed',
  'consent.step-failed',
  'consent.session-closed',
  'consent.erasure-due',
  'consent.suppression-kept',
  'crm.customer-created',
  'crm.customer-changed',
  'crm.discount-applied',
  'crm.field-described',
  'crm.fields-frozen',
  'crm.fields-released',
  'demo.loaded',
  'demo.removed',
  'flow.published',
  'flow.activated',
  'flow.deleted',
  'hook.secret-rotated',
  'run.cancelled',
  'run.retried',
  'run.rerun',
  'run.step-skipped',
  'run.moved',
  'runs.bulk',
  'flow.paused',
  'flow.resumed',
  'event.redelivered',
  'event.dismissed',
  'run.started-by-hand',
  'session.opened',
  'session.closed',
  'setting.changed',
  'task.answered',
  'task.transferred',
  'task.claimed',
  'token.created',
  'token.revoked',
  'user.created',
  'user.changed',
  'veto.approved',
  'veto.revoked',
  'veto.receipt-used',
] as const
type KnownKind = (typeof knownKinds)[number]

function isKnown(kind: string): kind is KnownKind {
  return knownKinds.some((each) => each === kind)
}

/** What happened in words; a kind without words shows its own name. */
export function useKindWords(): (kind: string) => string {
  const t = useT()
  return (kind) => (isKnown(kind) ? t(`audit.what.${kind}`) : kind)
}
