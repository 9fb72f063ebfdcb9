import { type MessageId, useT } from '../../app/i18n/index.ts'

const words: Readonly<Record<string, MessageId>> = {
  'consent.withdrawn': 'audit.what.consent-withdrawn',
  'consent.granted': 'audit.what.consent-granted',
  'consent.decided': 'audit.what.consent-granted',
  'crm.fields-frozen': 'audit.what.fields-frozen',
  'crm.fields-released': 'audit.what.fields-released',
  'flow.published': 'audit.what.flow-published',
  'flow.saved': 'audit.what.flow-saved',
  'flow.activated': 'audit.what.flow-activated',
  'alert.acknowledged': 'audit.what.alert-acknowledged',
  'alert.escalated': 'audit.what.alert-escalated',
  'task.answered': 'audit.what.task-answered',
  'session.opened': 'audit.what.session-opened',
  'session.closed': 'audit.what.session-closed',
  'user.created': 'audit.what.user-created',
  'user.changed': 'audit.what.user-changed',
  'token.created': 'audit.what.token-created',
  'token.revoked': 'audit.what.token-revoked',
  'setting.changed': 'audit.what.setting-changed',
}

/** What happened in words; a kind without words shows its own name. */
export function useKindWords(): (kind: string) => string {
  const t = useT()
  return (kind) => {
    const id = words[kind]
    return id === undefined ? kind : t(id)
  }
}
