import type { Json } from '@sluice/flows'
import { canonicalJson } from '../../core/canonical.ts'
import { personSays, withoutMessages } from './answers.ts'
import type { Drawing } from './drawing.ts'
import type { Line } from './line.ts'
import type { ReferenceRun } from './run.ts'
import type { ReferenceWorld } from './world.ts'

export const actKinds = ['cancel', 'undo', 'retry', 'skip', 'skip', 'rerun', 'rerun', 'move', 'move'] as const

/** What an operator means to do at a time. Whom it meets hangs on what the runs have come to by then. */
export interface Act {
  readonly at: number
  readonly kind: (typeof actKinds)[number]
  readonly pick: number
}

/** A run, by its number, or by what it has come to where the order of runs hangs on faults. */
export interface Who {
  readonly number: number
  readonly flow: string
  readonly input: Json
  readonly history: readonly string[]
}

/** Exactly whom it met, and what the engine has to answer: null is yes. */
export type Order = { readonly at: number; readonly run: Who; readonly refused: string | null } & (
  | { readonly kind: 'cancel' | 'undo' | 'retry' | 'move' }
  /** Of several lines that came to the step with this, the `nth`. */
  | { readonly kind: 'skip'; readonly node: string; readonly input: Json; readonly nth: number; readonly port: string; readonly data: Json }
  | { readonly kind: 'rerun'; readonly node: string; readonly repeat: readonly string[] }
)

/** Does it, in the reference's own understanding. Null: there was nobody to do it to. */
export function operate(world: ReferenceWorld, act: Act, next: Drawing): Order | null {
  const run = runFor(world, act)
  if (run === null) return null
  const { at, kind } = act
  const order = { at, run: whoIs(run) }
  switch (kind) {
    case 'cancel':
    case 'undo':
      return { ...order, kind, refused: cancel(run, kind === 'undo') }
    case 'retry':
      return { ...order, kind, refused: retry(run) }
    case 'move':
      return { ...order, kind, refused: move(run, next) }
    case 'skip':
      return skip(run, act)
    case 'rerun':
      return rerun(run, act)
  }
}

function whoIs({ number, drawing, begun, history }: ReferenceRun): Who {
  return { number, flow: drawing.flow.key, input: begun.input, history: history.map(({ what }) => what) }
}

export function isSame(left: Json, right: Json): boolean {
  return canonicalJson(withoutMessages(left)) === canonicalJson(withoutMessages(right))
}

function runFor({ runs }: ReferenceWorld, { kind, pick }: Act): ReferenceRun | null {
  const fits = (run: ReferenceRun): boolean => {
    // What was undone makes a difference.
    if (kind === 'rerun') return pick % 2 === 0 || run.undone.size > 0
    if (run.status !== 'alive') return false
    if (kind === 'move') return run.drawing.flow.key === 'main'
    if (kind === 'undo') return run.done.length > 0
    return kind !== 'retry' || run.lines.some(({ doing }) => doing.kind === 'incident')
  }
  const fitting = runs.filter(fits)
  const some = fitting.length > 0 || kind === 'skip' || kind === 'move' ? fitting : runs
  return some[pick % some.length] ?? null
}

/** A run that has ended is cancelled already; one that undoes itself ends by itself. */
function cancel(run: ReferenceRun, compensate: boolean): string | null {
  if (run.isUndoing) return 'SLU_RUN_UNDOING'
  run.act(() => run.end('cancelled', null, '', { compensate }))
  return null
}

function retry(run: ReferenceRun): string | null {
  if (run.status !== 'alive') return 'SLU_RUN_ENDED'
  const stuck = run.lines.filter(({ doing }) => doing.kind === 'incident')
  if (stuck.length === 0) return 'SLU_RUN_NO_INCIDENT'
  run.act(() => {
    for (const line of stuck) run.again(line)
  })
  return null
}

/** The line goes on as if the step had given this; it did nothing, so there is nothing to undo. */
function skip(run: ReferenceRun, { at, pick }: Act): Order | null {
  const lines = [...run.lines].sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : left.born - right.born))
  const line = lines[pick % lines.length]
  if (line === undefined) return null
  const alike = (other: Line): boolean => other.at === line.at && isSame(other.input, line.input)
  const nth = lines.filter((other) => alike(other) && other.born < line.born).length
  const wired = new Set(run.drawing.ports(line.at).filter((port) => port !== 'undo'))
  const port = pick % 11 === 0 ? 'undo' : ([...wired, 'out'].sort()[pick % (wired.size + 1)] ?? 'out')
  const order = { at, kind: 'skip', run: whoIs(run), node: line.at, input: line.input, nth, port, data: personSays } as const
  if (line.doing.kind === 'task' || line.doing.kind === 'undo' || run.drawing.step(line.at).type === 'test.join')
    return { ...order, refused: 'SLU_SKIP_REFUSED' }
  if (!wired.has(port) && port !== 'out') return { ...order, refused: 'SLU_SKIP_PORT' }
  run.act(() => {
    run.note(`skipped ${line.at}`)
    run.leave(line, port, personSays, false)
  })
  return { ...order, refused: null }
}

const effects: ReadonlySet<string> = new Set(['test.act', 'ref.write', 'ref.task', 'test.call', 'ref.send'])
const between: ReadonlySet<string> = new Set(['test.join', 'test.race', 'test.unlock', 'test.milestone'])

/** A new run from a step, with what had come to it. What was done and is not to be done again hands on what it gave. */
function rerun(run: ReferenceRun, { at, pick }: Act): Order {
  const { drawing } = run
  const all = drawing.flow.nodes.map(({ id }) => id)
  const reached = all.filter((id) => drawing.isMain(id) && (id === run.begun.node || run.came.has(id)))
  const node = (pick % 8 === 0 ? all[pick % all.length] : reached[pick % reached.length]) ?? ''
  const ahead = [node, ...all.filter((id) => drawing.leads(node, id))].filter((id) => effects.has(drawing.step(id).type))
  const tried = ahead.filter((id) => run.gave(id).length + run.failures(id) > 0)
  const unconfirmed = tried.filter((id) => outcome(run, id) === undefined)
  const wanted = pick % 3
  const repeat = wanted === 0 ? [] : wanted === 1 ? unconfirmed : tried.filter((id, index) => index % 2 === 0 || unconfirmed.includes(id))
  const order = { at, kind: 'rerun', run: whoIs(run), node, repeat } as const
  const refused = rerunRefusal(
    run,
    node,
    unconfirmed.some((id) => !repeat.includes(id)),
  )
  if (refused !== null) return { ...order, refused }
  const kept = new Map(ahead.flatMap((id) => (repeat.includes(id) ? [] : handedOn(run, id))))
  run.act(() => run.end('cancelled', null, ''))
  const begin = run.came.get(node) ?? run.begun
  run.world.takeUp(run, { node, from: begin.from, input: begin.input }, kept)
  return { ...order, refused: null }
}

function handedOn(run: ReferenceRun, id: string): readonly [string, { readonly port: string; readonly data: Json }][] {
  const gave = outcome(run, id)
  return gave === undefined ? [] : [[id, gave]]
}

/** What a step gave, when it gave it once and it still stands. */
function outcome(run: ReferenceRun, id: string): { readonly port: string; readonly data: Json } | undefined {
  const gave = run.gave(id)
  return gave.length === 1 && run.drawing.itemsAround(id) === '' && !run.undone.has(id) ? gave[0] : undefined
}

function rerunRefusal(run: ReferenceRun, node: string, hasUnconfirmed: boolean): string | null {
  const { drawing } = run
  const isBetween = between.has(drawing.step(node).type) || drawing.isGroup(node)
  const came = node === drawing.trigger ? run.begun.node === node : run.came.has(node)
  if (isBetween || drawing.itemsAround(node) !== '' || !drawing.isMain(node) || !came) return 'SLU_RERUN_NODE'
  if (hasUnconfirmed) return 'SLU_RERUN_UNCONFIRMED'
  if (run.status !== 'alive') return null
  if (run.returns !== null) return 'SLU_RERUN_CALLED'
  return run.isUndoing ? 'SLU_RUN_UNDOING' : null
}

/** The run goes on in the next version, when each of its lines has the same place there and nothing acts just now. */
function move(run: ReferenceRun, next: Drawing): string | null {
  const isEqual = canonicalJson(run.drawing.flow as unknown as Json) === canonicalJson(next.flow as unknown as Json)
  if (isEqual || run.lines.some((line) => !hasPlace(run, line, next))) return 'SLU_MOVE_REFUSED'
  run.act(() => {
    run.note('moved')
    run.drawing = next
  })
  return null
}

function hasPlace({ drawing }: ReferenceRun, { at, doing }: Line, next: Drawing): boolean {
  const { type } = drawing.step(at)
  const isActing = type === 'test.act' && doing.kind === 'ready'
  return next.step(at).type === type && !isActing
}
