import type { Retry } from '@sluice/flows'
import type { FlowStore } from '../flow-store.ts'
import { label } from '../label.ts'

/** Settings every step has, whatever its type. */
export interface Common {
  readonly retry: Retry | undefined
  readonly timeoutMs: number | undefined
  readonly disabled: true | undefined
}

/** Sets one common setting of many steps as one entry. */
export function setCommon<Key extends keyof Common>(store: FlowStore, ids: readonly string[], key: Key, value: Common[Key]): boolean {
  return store.change({ label: label('configure-many', { count: ids.length }), merge: `many ${key} ${ids.join(' ')}` }, (draft) => {
    for (const id of ids) if (draft.nodes.has(id)) draft.set('nodes', id, [key], value)
  })
}
