import type { Loss } from '../doc/index.ts'

/** Longer ones stay in this window alone. */
const charsMax = 200_000

/** What was lost in a merge outlives the tab, for this person and flow on this device, until somebody decided. */
export function keptLosses(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, whose: string) {
  const key = `sluice.lost ${whose}`
  return {
    read(): readonly Loss[] {
      try {
        const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]')
        return Array.isArray(kept) ? kept.filter(isLoss) : []
      } catch {
        return []
      }
    },
    write(list: readonly Loss[]): void {
      try {
        const text = JSON.stringify(list)
        if (list.length === 0) storage.removeItem(key)
        else if (text.length <= charsMax) storage.setItem(key, text)
      } catch {
        // Storage may be full or switched off; the window shows them all the same.
      }
    },
  }
}

function isLoss(value: unknown): value is Loss {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('by' in value)) return false
  if (value.kind === 'removed') return 'item' in value && 'wires' in value
  return (value.kind === 'overwritten' || value.kind === 'covered') && 'place' in value
}
