import type { JournalItem } from '../app/api/shapes.ts'
import type { FullEntry } from './picture.ts'
import { type RecordedError, recordedError } from './recorded-error.ts'
import { timeOf } from './timeline.ts'

/** One thing the journal says about a stay at a step, beside what the step itself gave as its reason. */
export type StepFact = { readonly at: number } & (
  | { readonly kind: 'event'; readonly type: string; readonly id: string }
  | { readonly kind: 'failed'; readonly attempt: number; readonly error: RecordedError }
  | { readonly kind: 'retry'; readonly attempt: number; readonly dueAt: number | null }
  | { readonly kind: 'answered'; readonly action: string; readonly by: string }
  | { readonly kind: 'noted'; readonly act: string; readonly by: string }
  | { readonly kind: 'lock'; readonly key: string }
  | { readonly kind: 'skipped'; readonly by: string; readonly reason: string }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'joined'; readonly lines: number }
  | { readonly kind: 'items'; readonly count: number }
  | { readonly kind: 'cancelled'; readonly reason: string }
)

type Wide = FullEntry & {
  readonly attempt?: number
  readonly act?: string
  readonly key?: string
  readonly tokens?: readonly string[]
  readonly items?: readonly unknown[]
}

/** Of the entries from `first` up to `count`. */
export function factsOf(entries: readonly JournalItem[], node: string, first: number, count: number): readonly StepFact[] {
  return entries.slice(first, count).flatMap((item): readonly StepFact[] => {
    const entry = item as Wide
    if (entry.node !== node) return []
    const at = timeOf(item)
    const by = entry.by ?? ''
    switch (entry.kind) {
      case 'run.started':
      case 'signal.received': {
        const { type, id } = (entry.event ?? {}) as { readonly type?: unknown; readonly id?: unknown }
        return typeof type === 'string' ? [{ at, kind: 'event', type, id: String(id ?? '') }] : []
      }
      case 'node.failed':
        return [{ at, kind: 'failed', attempt: entry.attempt ?? 1, error: recordedError(entry.error) ?? { code: '', message: '' } }]
      case 'node.retry-scheduled':
        return [{ at, kind: 'retry', attempt: entry.attempt ?? 1, dueAt: typeof entry.dueAt === 'number' ? entry.dueAt : null }]
      case 'task.answered':
        return [{ at, kind: 'answered', action: entry.action ?? '', by }]
      case 'task.noted':
        return [{ at, kind: 'noted', act: entry.act ?? '', by }]
      case 'lock.taken':
        return [{ at, kind: 'lock', key: entry.key ?? '' }]
      case 'node.skipped':
        return [{ at, kind: 'skipped', by, reason: entry.reason ?? '' }]
      case 'join.arrived':
        return [{ at, kind: 'arrived' }]
      case 'join.passed':
        return [{ at, kind: 'joined', lines: entry.tokens?.length ?? 0 }]
      case 'each.started':
        return [{ at, kind: 'items', count: entry.items?.length ?? 0 }]
      case 'token.cancelled':
        return [{ at, kind: 'cancelled', reason: entry.reason ?? '' }]
      default:
        return []
    }
  })
}
