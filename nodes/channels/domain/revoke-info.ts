import type { CategoryCode } from '../../consent/index.ts'

/** What each RevokeInfo of the platform takes back, in our data categories (developers.weixin.qq.com, 授权用户信息变更). */
const categoriesByCode: { readonly [code: string]: readonly CategoryCode[] } = {
  1: ['vehicle.plate'],
  2: ['contact.address'],
  3: ['finance.invoice'],
  4: ['device.bluetooth'],
  5: ['media.microphone'],
  6: ['identity.profile'],
  7: ['media.camera'],
  8: ['contact.mobile'],
  12: ['health.steps'],
  13: ['location.track'],
  14: ['media.file'],
  15: ['media.file'],
  16: ['contact.email'],
  18: ['location.track'],
  19: ['identity.profile'],
  20: ['identity.profile'],
  201: ['contact.address'],
  202: ['finance.invoice'],
  203: ['finance.card'],
  204: ['media.microphone'],
  205: ['identity.profile'],
  206: ['location.track'],
  207: ['media.file'],
}

/** App or website login: everything this person shared with it. */
const everythingCode = '301'

export type Revoked = { readonly all: true } | { readonly all: false; readonly categories: readonly CategoryCode[] }

/**
 * Reads `RevokeInfo`. WeChat names data, never purposes. A code we do not know counts as everything: withdrawing too much can be
 * mended by a new grant, withdrawing too little cannot.
 */
export function revokedCategories(revokeInfo: string): Revoked {
  const codes = revokeInfo.split(/[,;|\s]+/).filter((code) => code !== '')
  const known = codes.map((code) => (Object.hasOwn(categoriesByCode, code) ? (categoriesByCode[code] ?? null) : null))
  if (codes.length === 0 || codes.includes(everythingCode) || known.includes(null)) return { all: true }
  return { all: false, categories: [...new Set(known.flatMap((it) => it ?? []))].sort() }
}
