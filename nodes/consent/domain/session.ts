import type { Mask } from './grid.ts'

export type SessionChannel = 'wechat_mp' | 'wecom_chat' | 'h5' | 'app' | 'call' | 'visit' | 'email' | 'glasses'

export const sessionChannels: readonly SessionChannel[] = ['wechat_mp', 'wecom_chat', 'h5', 'app', 'call', 'visit', 'email', 'glasses']

const minute = 60_000

/** Idle time after which a session closes by itself. Null: it ends with the call. */
export const idleAfterMs: { readonly [Channel in SessionChannel]: number | null } = {
  wechat_mp: 15 * minute,
  wecom_chat: 30 * minute,
  h5: 30 * minute,
  app: 30 * minute,
  call: null,
  visit: 8 * 60 * minute,
  email: 14 * 24 * 60 * minute,
  glasses: 30 * minute,
}

/** What may be done inside a session: what stands, and what was said for this session, less what was cut out of it. */
export function gridInSession(standingMask: Mask, session: { readonly mask: Mask; readonly cutMask: Mask } | null): Mask {
  return session === null ? standingMask : (standingMask | session.mask) & ~session.cutMask
}
