/** A CloudEvent in structured mode. */
export interface CloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: unknown
}

/** What our own preference page in the mini program sends when a customer switches one scene off. */
export function preferenceWithdrawal(customer: string, scene: string, number: number, at: Date): CloudEvent {
  return {
    specversion: '1.0',
    id: `pref-${at.getTime()}-${number}`,
    source: 'mp:preference-center',
    type: 'consent.revocation.requested',
    subject: `sub:${customer}`,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: { scope: { kind: 'cell' }, cells: [{ purpose: 'recommendation', scene }], occurredAt: at.toISOString(), language: 'zh-CN' },
  }
}
