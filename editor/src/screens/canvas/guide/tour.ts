/** The five tasks, in the order they are asked for (EDITOR.md §10). */
export const tourTasks = ['text', 'step', 'test', 'data', 'publish'] as const
export type TourTask = (typeof tourTasks)[number]

/** How far one person is. Kept by the browser, so a reload goes on where it stopped. */
export interface Tour {
  readonly state: 'offered' | 'running' | 'over'
  readonly done: readonly TourTask[]
  readonly passed: readonly TourTask[]
}

export type TourAct =
  /** After the first sign-in; never a second time. */
  | { readonly kind: 'offer' }
  /** By the person, at any time; from the beginning. */
  | { readonly kind: 'begin' }
  /** Something was done that a task asks for, in whatever way. */
  | { readonly kind: 'did'; readonly task: TourTask }
  | { readonly kind: 'skip'; readonly task: TourTask }
  | { readonly kind: 'leave' }

const offered: Tour = { state: 'offered', done: [], passed: [] }

export function tourAfter(tour: Tour | null, act: TourAct): Tour | null {
  if (act.kind === 'offer') return tour ?? offered
  if (act.kind === 'begin') return { ...offered, state: 'running' }
  if (tour === null) return null
  if (act.kind === 'leave') return tour.state === 'over' ? tour : { ...tour, state: 'over' }
  if (tour.state !== 'running' || tour.done.includes(act.task)) return tour
  if (act.kind === 'skip') return tour.passed.includes(act.task) ? tour : { ...tour, passed: [...tour.passed, act.task] }
  // Skipped and done after all counts as done.
  return { ...tour, done: [...tour.done, act.task], passed: tour.passed.filter((task) => task !== act.task) }
}

/** The task that is asked for now; null when none is left. Tasks somebody may not do are not among `tasks`. */
export function currentTask(tour: Tour, tasks: readonly TourTask[]): TourTask | null {
  return tasks.find((task) => !tour.done.includes(task) && !tour.passed.includes(task)) ?? null
}

/** Whoever may not publish is not asked to. */
export function tasksFor(may: (permission: string) => boolean): readonly TourTask[] {
  return tourTasks.filter((task) => task !== 'publish' || may('flows.publish'))
}

/** What the browser kept; anything else than a tour is none. */
export function readTour(text: string | null): Tour | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null')
    if (typeof found !== 'object' || found === null) return null
    const { state, done, passed } = found as { readonly [name: string]: unknown }
    if (state !== 'offered' && state !== 'running' && state !== 'over') return null
    return { state, done: tasksIn(done), passed: tasksIn(passed) }
  } catch {
    return null
  }
}

function tasksIn(value: unknown): readonly TourTask[] {
  return Array.isArray(value) ? tourTasks.filter((task) => value.includes(task)) : []
}
