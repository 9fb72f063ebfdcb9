import { canonicalJson } from '../../core/canonical.ts'
import { withoutMessages } from './answers.ts'
import { Drawing } from './drawing.ts'
import { type Drawn, type DrawOptions, drawFlow } from './grammar.ts'
import { type PlayedRun, playHosted } from './hosted.ts'
import type { Order } from './operate.ts'
import { orderWords } from './operator.ts'
import type { ReferenceRun } from './run.ts'
import { TooLong } from './too-long.ts'
import { compileDrawn } from './types.ts'
import { ReferenceWorld } from './world.ts'

export type Verdict =
  | { readonly kind: 'same'; readonly steps: number; readonly kinds: ReadonlySet<string> }
  /** Refused by the compiler, too long, or left to chance by two things at one moment. */
  | { readonly kind: 'skipped'; readonly why: 'refused' | 'long' | 'tied' }
  | { readonly kind: 'different'; readonly what: string }

/** Draws a flow and plays it twice: by the reference, and by the real loop. */
export function compareFlow(options: DrawOptions): Verdict {
  const drawn = drawFlow(options)
  if (drawn.flows.some((flow) => compileDrawn(flow) === null)) return { kind: 'skipped', why: 'refused' }
  const predicted = predict(drawn)
  if (typeof predicted === 'string') return { kind: 'skipped', why: predicted }
  const played = playHosted(drawn, predicted.orders)
  const what = differenceOfAnswers(predicted.orders, played.answers) ?? difference(predicted.runs, played.runs, true)
  if (what !== null) return { kind: 'different', what }
  const done = predicted.orders.flatMap(({ kind, refused }) => (refused === null ? [`act ${kind}`] : []))
  const steps = played.runs.reduce((sum, { history }) => sum + history.length, 0)
  return { kind: 'same', steps, kinds: new Set([...drawn.kinds, ...done, ...doneInRuns(predicted.runs)]) }
}

/** What the reference says of all runs, and of what operators did. */
export type Predicted = Pick<ReferenceWorld, 'runs' | 'orders'>

function doneInRuns(runs: readonly ReferenceRun[]): readonly string[] {
  const told = runs.flatMap(({ history }) => history.map(({ what }) => what))
  const isOfGroup = (what: string) => what.startsWith('undoes ') && what !== 'undoes all'
  return [...(told.some((what) => what.startsWith('undone ')) ? ['undone'] : []), ...(told.some(isOfGroup) ? ['undone group'] : [])]
}

function differenceOfAnswers(orders: readonly Order[], answers: readonly string[]): string | null {
  const wanted = orders.map(orderWords)
  const at = wanted.findIndex((words, index) => words !== answers[index])
  return at < 0 ? null : `an operator should have heard “${wanted[at]}” and heard “${answers[at]}”`
}

/** What the reference makes of it. */
export function predict({ flows, next, starts, events, acts, until }: Drawn): Predicted | 'long' | 'tied' {
  const world = new ReferenceWorld(flows, starts[0]?.at ?? 0)
  for (const { at, data } of starts) world.start(at, 'main', data)
  for (const { at, type } of events) world.event(at, type)
  const version2 = new Drawing(next)
  for (const act of acts) world.act(act, version2)
  try {
    world.play(until)
  } catch (error) {
    if (error instanceof TooLong) return 'long'
    throw error
  }
  return world.clock.tied ? 'tied' : world
}

export function difference(predicted: readonly ReferenceRun[], played: readonly PlayedRun[], timed: boolean): string | null {
  if (predicted.length !== played.length) return `${played.length} runs instead of ${predicted.length}`
  for (const [index, run] of predicted.entries()) {
    const real = played[index]
    if (real === undefined) return `run ${index} is missing`
    const found = differenceOfRun(run, real, timed)
    if (found !== null) return `run ${index} (${run.drawing.flow.key}): ${found}`
  }
  return null
}

function differenceOfRun(run: ReferenceRun, { state, history }: PlayedRun, timed: boolean): string | null {
  const lines = (list: readonly { readonly at: number; readonly what: string }[]) =>
    list.map(({ at, what }) => (timed ? `${what} @${at - 1_000_000}` : what))
  const missing = without(lines(run.history), lines(history))
  const extra = without(lines(history), lines(run.history))
  if (missing.length + extra.length > 0)
    return `it should have: ${missing.slice(0, 6).join(' | ') || 'nothing else'}; it did: ${extra.slice(0, 6).join(' | ') || 'nothing else'}`
  const status = state.endedAt === null ? 'alive' : state.status
  if (status !== run.status) return `it is ${status} instead of ${run.status}`
  if (run.status === 'succeeded' && canonicalJson(withoutMessages(state.output)) !== canonicalJson(withoutMessages(run.output)))
    return `its output is ${JSON.stringify(state.output)} instead of ${JSON.stringify(run.output)}`
  const places = Object.values(state.tokens).map(({ node }) => node)
  const wanted = run.lines.map(({ at }) => at)
  const astray = [...without(places, wanted), ...without(wanted, places)]
  return astray.length === 0 ? null : `its lines stand at ${places.join()} instead of ${wanted.join()}`
}

/** What of the first list is not in the second, each as often. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1)
  return list.filter((one) => {
    const count = left.get(one) ?? 0
    left.set(one, count - 1)
    return count <= 0
  })
}
