import type { Cell, EscapedAct } from '../../app/api/index.ts'

/** `sluice/withdrawal-receipt@1`. Another format may lack anything. */
export interface ReceiptContent {
  readonly format?: string
  readonly withdrawal?: string
  readonly customer?: string
  readonly kind?: string
  readonly ended?: readonly Cell[]
  readonly session?: string | null
  readonly categories?: readonly string[]
  readonly epoch?: number
  readonly receivedAt?: string | null
  readonly fencedAt?: string | null
  readonly completedAt?: string | null
  readonly stopped?: Readonly<Record<string, number>>
  readonly escaped?: readonly EscapedAct[]
  readonly kept?: readonly string[]
}

/** What a signed receipt says (JWS compact form); null when it is not one. Reading it checks no signature. */
export function contentOf(receipt: string): ReceiptContent | null {
  const [, payload] = receipt.split('.')
  if (payload === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    const content: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof content === 'object' ? content : null
  } catch {
    return null
  }
}
