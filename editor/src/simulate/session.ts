import type { FlowDefinition, Json } from '@sluice/flows'

/** What sets the simulated run off. */
export type Beginning =
  | { readonly kind: 'event'; readonly type: string; readonly subject: string; readonly data: Json }
  | { readonly kind: 'manual'; readonly trigger: string; readonly input: Json }

/** One use of a customer's data that the flow asks about. */
export interface ConsentUse {
  readonly purpose: string
  readonly scene: string
}

export interface GivenAnswer {
  readonly node: string
  readonly action: string
  readonly data: Json
  /** Milliseconds after the task was put to somebody. */
  readonly after: number
}

/** What a step is said to give. A list: first time, second time …; `real` is the step itself. */
export interface StandIn {
  readonly port?: string
  readonly data?: Json
  readonly error?: { readonly code: string; readonly message: string; readonly terminal?: boolean }
  readonly after?: number
  readonly real?: true
}

/**
 * All that a simulation was told. The same told again gives the same run, so the panel keeps no engine: every act is one more line
 * here, and the whole is played again.
 */
export interface Session {
  readonly begin: Beginning
  /** Events after the first, by how long after the start. */
  readonly later: readonly { readonly type: string; readonly subject: string; readonly data: Json; readonly after: number }[]
  readonly consents: readonly ConsentUse[]
  readonly owner: string
  readonly answers: readonly GivenAnswer[]
  readonly standIns: { readonly [node: string]: readonly StandIn[] }
  /** Virtual now, milliseconds after the start. */
  readonly until: number
  readonly startAt: number
}

export const span = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
export type Jump = 'next' | keyof typeof span

/** A simulated year is as far as it goes. */
export const untilMsMax = 366 * span.day

export function newSession(begin: Beginning, consents: readonly ConsentUse[], owner: string, startAt: number): Session {
  return { begin, later: [], consents, owner, answers: [], standIns: {}, until: 0, startAt }
}

/** What is asked of the worker: the body of `POST /flows/{key}/simulate`. */
export function orderOf(session: Session, flow: FlowDefinition): object {
  const { begin, later, consents, owner, answers, standIns, until, startAt } = session
  const first = begin.kind === 'event' ? [sent(begin, 0)] : []
  const customers = [...new Set([begin, ...later].flatMap((one) => ('subject' in one && one.subject !== '' ? [one.subject] : [])))]
  return {
    flow,
    ...(begin.kind === 'manual' && { start: { trigger: begin.trigger, input: begin.input } }),
    events: [...first, ...later.map((event) => sent(event, event.after))],
    customers: customers.map((id) => ({ id, ...(owner !== '' && { owner }) })),
    consents: customers.flatMap((customer) => consents.map((use) => ({ customer, ...use }))),
    answers,
    mocks: standIns,
    until,
    startAt: new Date(startAt).toISOString(),
  }
}

function sent({ type, subject, data }: { readonly type: string; readonly subject: string; readonly data: Json }, after: number) {
  return { type, data, after, ...(subject !== '' && { subject }) }
}

/** The session later: at the next thing that is due, or so much time on. `null`: nothing is due any more. */
export function jumped(session: Session, jump: Jump, dues: readonly number[]): Session | null {
  if (jump !== 'next') return { ...session, until: Math.min(untilMsMax, session.until + span[jump]) }
  const now = session.startAt + session.until
  const ahead = dues.filter((due) => due > now)
  return ahead.length === 0 ? null : { ...session, until: Math.min(untilMsMax, Math.min(...ahead) - session.startAt) }
}

/** A person answered now: what is counted is how long they took. */
export function answered(session: Session, task: { readonly node: string; readonly askedAt: number }, action: string, data: Json): Session {
  const after = Math.max(0, session.startAt + session.until - task.askedAt)
  return { ...session, answers: [...session.answers, { node: task.node, action, data, after }] }
}

/** What one step gives from now on; `null` takes the step as it is. */
export function stoodIn(session: Session, node: string, standIn: StandIn | null): Session {
  const { [node]: _gone, ...rest } = session.standIns
  return { ...session, standIns: standIn === null ? rest : { ...rest, [node]: [standIn] } }
}

/** Purposes and scenes that the steps of a flow name: what a customer may have said yes to. */
export function usesIn(nodes: Iterable<{ readonly config?: Json | object | undefined }>): readonly ConsentUse[] {
  const found = new Map<string, ConsentUse>()
  for (const { config } of nodes) {
    const { purpose, scene } = (config ?? {}) as { readonly purpose?: unknown; readonly scene?: unknown }
    if (typeof purpose === 'string' && typeof scene === 'string' && isName(purpose) && isName(scene))
      found.set(`${purpose} ${scene}`, { purpose, scene })
  }
  return [...found.values()]
}

/** An expression names nothing until it runs. */
function isName(text: string): boolean {
  return text !== '' && !text.includes('{%')
}
