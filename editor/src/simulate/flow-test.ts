import type { FlowDefinition, Json } from '@sluice/flows'
import { journalOf, mainRun, type Simulated } from './result.ts'
import { orderOf, type Session, type StandIn, span, untilMsMax } from './session.ts'

/** One test as `sluice test` reads it (`*.flow-test.json`). */
export interface FlowTest {
  readonly name: string
  readonly given?: readonly { readonly command: string; readonly payload: Json }[]
  readonly event?: { readonly type: string; readonly subject?: string; readonly data: Json }
  readonly input?: Json
  readonly mocks?: { readonly [node: string]: Pick<StandIn, 'port' | 'data' | 'error'> }
  readonly answers?: { readonly [node: string]: { readonly action: string; readonly data: Json } }
  readonly advance?: string
  readonly expect: {
    readonly starts?: boolean
    readonly state?: string
    readonly output?: Json
    readonly passed?: readonly string[]
  }
}

export interface FlowTestFile {
  readonly flow: string
  readonly tests: readonly FlowTest[]
}

/** The Monday morning on which every flow test begins, so that it gives the same every day. */
const testStartAt = Date.parse('2026-03-02T09:00:00Z')

/** Why a session cannot be written as a flow test; null when it can. */
export function unsayable({ later, answers, standIns }: Session): 'later' | 'answers' | 'stand-ins' | null {
  if (later.length > 0) return 'later'
  if (new Set(answers.map(({ node }) => node)).size < answers.length) return 'answers'
  return Object.values(standIns).some((list) => list.length > 1) ? 'stand-ins' : null
}

/** What the session was told, as a flow test without its expectation. */
export function testOf(session: Session, name: string): Omit<FlowTest, 'expect'> {
  const { begin, consents, owner, answers, standIns, until } = session
  const customer = begin.kind === 'event' ? begin.subject : ''
  const given =
    customer === ''
      ? []
      : [
          { command: 'crm.create-customer', payload: { id: customer, name: customer, ...(owner !== '' && { owner }) } },
          ...consents.map((use) => ({ command: 'consent.grant', payload: { customer, ...use, act: 'button', language: 'en' } })),
        ]
  const mocks = Object.fromEntries(
    Object.entries(standIns).flatMap(([node, [first]]) => (first === undefined ? [] : [[node, spoken(first)]])),
  )
  return {
    name,
    ...(given.length > 0 && { given }),
    ...(begin.kind === 'event'
      ? { event: { type: begin.type, ...(customer !== '' && { subject: customer }), data: begin.data } }
      : { input: begin.input }),
    ...(Object.keys(mocks).length > 0 && { mocks }),
    ...(answers.length > 0 && { answers: Object.fromEntries(answers.map(({ node, action, data }) => [node, { action, data }])) }),
    // Time passes before the answers and again after them, by the same length.
    ...(until > 0 && { advance: durationOf(until) }),
  }
}

function spoken({ port, data, error }: StandIn): Pick<StandIn, 'port' | 'data' | 'error'> {
  if (error !== undefined) return { error: { code: error.code, message: error.message } }
  return { ...(port !== undefined && { port }), ...(data !== undefined && { data }) }
}

/** ISO 8601 in whole seconds. */
export function durationOf(ms: number): string {
  const days = Math.floor(ms / span.day)
  const hours = Math.floor((ms % span.day) / span.hour)
  const minutes = Math.floor((ms % span.hour) / 60_000)
  const seconds = Math.ceil((ms % 60_000) / 1_000)
  const time = [hours > 0 ? `${hours}H` : '', minutes > 0 ? `${minutes}M` : '', seconds > 0 ? `${seconds}S` : ''].join('')
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? (days > 0 ? '' : 'T0S') : `T${time}`}`
}

export function msOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? []
  return Number(days) * span.day + Number(hours) * span.hour + Number(minutes) * 60_000 + Number(seconds) * 1_000
}

/** The order that plays a test the way `sluice test` does: time, then the answers, then the same time again. */
export function orderOfTest(test: Omit<FlowTest, 'expect'>, trigger: string, flow: FlowDefinition): object {
  const advance = msOf(test.advance ?? 'PT0S')
  const made = (test.given ?? []).find(({ command }) => command === 'crm.create-customer')?.payload as
    | { readonly owner?: string }
    | undefined
  const session: Session = {
    begin:
      test.event === undefined
        ? { kind: 'manual', trigger, input: test.input ?? null }
        : { kind: 'event', type: test.event.type, subject: test.event.subject ?? '', data: test.event.data },
    later: [],
    consents: (test.given ?? []).flatMap(({ command, payload }) => {
      const { purpose, scene } = payload as { readonly purpose: string; readonly scene: string }
      return command === 'consent.grant' ? [{ purpose, scene }] : []
    }),
    owner: made?.owner ?? '',
    answers: Object.entries(test.answers ?? {}).map(([node, answer]) => ({ node, ...answer, after: 0 })),
    standIns: Object.fromEntries(Object.entries(test.mocks ?? {}).map(([node, mock]) => [node, [mock]])),
    until: Math.min(untilMsMax, advance * 2),
    startAt: testStartAt,
  }
  return orderOf(session, flow)
}

/** What the run did, as an expectation. */
export function expectationOf(result: Simulated): FlowTest['expect'] {
  const run = mainRun(result)
  if (run === null) return { starts: false }
  const passed = new Set(
    journalOf(result, run.run).flatMap(({ kind, node }) => (kind === 'node.completed' && node !== undefined ? [node] : [])),
  )
  const isOver = run.state === 'succeeded'
  return { state: run.state, ...(isOver && { output: run.output }), passed: [...passed].sort() }
}

/** In which parts a test came out otherwise; empty when it holds. */
export function differencesFrom(expected: FlowTest['expect'], result: Simulated): readonly ('starts' | 'state' | 'output' | 'passed')[] {
  const got = expectationOf(result)
  const same = (left: unknown, right: unknown) => stable(left) === stable(right)
  const missing = (expected.passed ?? []).some((node) => got.passed?.includes(node) !== true)
  return [
    ...(expected.starts === false || got.starts === false ? (same(expected.starts, got.starts) ? [] : (['starts'] as const)) : []),
    ...(expected.state !== undefined && expected.state !== got.state ? (['state'] as const) : []),
    ...('output' in expected && !same(expected.output, got.output) ? (['output'] as const) : []),
    ...(missing ? (['passed'] as const) : []),
  ]
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  )
}
