import type { Caller } from '@sluice/sdk/server'
import type { Reader } from '../domain/view.ts'

/** How a signed-in person or token sees customer data. Someone who is a rep and nothing more sees only their own customers. */
export function readerOf(caller: Caller): Reader & { readonly onlyOwner: string | null } {
  if (caller.rep !== null && caller.roles.every((role) => role === 'rep')) return { kind: 'rep', onlyOwner: caller.rep }
  if (caller.roles.includes('admin')) return { kind: 'full', onlyOwner: null }
  if (caller.rep !== null) return { kind: 'rep', onlyOwner: null }
  return { kind: 'masked', onlyOwner: null }
}
