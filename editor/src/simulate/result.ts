import type { Json } from '@sluice/flows'
import { wholeItem } from '../app/api/journal.ts'
import type { JournalItem, RunStateName } from '../app/api/shapes.ts'
import type { FullEntry } from '../run/picture.ts'
import type { RecordedError } from '../run/recorded-error.ts'

/** What was played, in the form in which `POST /flows/{key}/simulate` answers. */
export interface Simulated {
  readonly flow: string
  readonly runs: readonly {
    readonly run: string
    readonly flow: string
    readonly state: RunStateName
    readonly output: Json
    readonly error: RecordedError | null
    readonly waits: readonly { readonly node: string; readonly kind: string; readonly dueAt: string | null }[]
  }[]
  readonly timeline: readonly (JournalItem & { readonly run: string; readonly flow: string })[]
  readonly acts: readonly {
    readonly at: string
    readonly run: string | null
    readonly node: string | null
    readonly handler: string
    readonly request: Json
  }[]
  readonly endedAt: string
  readonly truncated: boolean
}

export interface OpenTask {
  readonly node: string
  readonly actions: readonly string[]
  readonly askedAt: number
  readonly dueAt: number | null
  /** Who would be asked: a person, or a role. */
  readonly asked: string | null
}

/** The simulated run of the flow that is open; a flow it calls has runs of its own. */
export function mainRun({ flow, runs }: Simulated): Simulated['runs'][number] | null {
  return runs.find((run) => run.flow === flow) ?? null
}

export function journalOf(result: Simulated, run: string): readonly JournalItem[] {
  return result.timeline.flatMap((item) => (item.run === run ? [wholeItem(item)] : []))
}

/** Tasks nobody has answered, as the journal tells it. */
export function openTasks(journal: readonly JournalItem[]): readonly OpenTask[] {
  const open = new Map<string, OpenTask>()
  for (const item of journal) {
    const { kind, token, node, wait, at, why } = item as FullEntry & { readonly token?: string }
    if (token === undefined || node === undefined) continue
    if (kind === 'node.waiting' && wait?.kind === 'task') {
      const { actions, dueAt } = wait as { readonly actions?: Json; readonly dueAt?: Json }
      open.set(token, {
        node,
        actions: texts(actions),
        askedAt: Date.parse(at),
        dueAt: typeof dueAt === 'number' ? dueAt : null,
        asked: typeof why?.assignee === 'string' ? why.assignee : null,
      })
    } else if (kind !== 'task.noted' && kind !== 'timer.fired') open.delete(token)
  }
  return [...open.values()]
}

/** Instants at which something will happen by itself. */
export function duesOf(run: Simulated['runs'][number] | null): readonly number[] {
  return (run?.waits ?? []).flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt)]))
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
