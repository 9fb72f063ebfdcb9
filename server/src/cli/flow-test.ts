import { isDeepStrictEqual } from 'node:util'
import type { FlowDefinition, Json } from '@sluice/flows'
import { durationMs } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { bodyValidator } from '../http/validate/validator.ts'
import { type Answer, type Mock, type Workbench, workbench } from './workbench.ts'

const closed = { additionalProperties: false } as const
const ByNode = <Value extends Parameters<typeof Type.Record>[1]>(value: Value) => Type.Record(Type.String(), value)
const State = Type.Union(['running', 'waiting', 'succeeded', 'failed', 'cancelled', 'incident'].map((state) => Type.Literal(state)))

/** `x.flow-test.json`, beside the flow it tests. */
const FlowTestFile = Type.Object(
  {
    /** The flow file, from here. */
    flow: Type.String({ minLength: 1 }),
    tests: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 200 }),
          /** Named commands that set the scene, for example `consent.grant`. */
          given: Type.Optional(Type.Array(Type.Object({ command: Type.String(), payload: Type.Unknown() }, closed))),
          event: Type.Optional(
            Type.Object(
              {
                type: Type.String(),
                subject: Type.Optional(Type.Union([Type.String(), Type.Null()])),
                data: Type.Optional(Type.Unknown()),
              },
              closed,
            ),
          ),
          input: Type.Optional(Type.Unknown()),
          /** What steps that act outside are said to answer. */
          mocks: Type.Optional(
            ByNode(
              Type.Object(
                {
                  port: Type.Optional(Type.String()),
                  data: Type.Optional(Type.Unknown()),
                  error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() }, closed)),
                },
                closed,
              ),
            ),
          ),
          /** How people answer, by the step that asks. */
          answers: Type.Optional(ByNode(Type.Object({ action: Type.String(), data: Type.Optional(Type.Unknown()) }, closed))),
          /** ISO 8601: virtual time that passes before the answers, and again after them. */
          advance: Type.Optional(Type.String({ pattern: '^P' })),
          expect: Type.Object(
            {
              /** False: the event starts no run. */
              starts: Type.Optional(Type.Boolean()),
              state: Type.Optional(State),
              output: Type.Optional(Type.Unknown()),
              /** Last output of these steps. */
              outputs: Type.Optional(ByNode(Type.Unknown())),
              passed: Type.Optional(Type.Array(Type.String())),
              notPassed: Type.Optional(Type.Array(Type.String())),
              error: Type.Optional(Type.String()),
            },
            closed,
          ),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type FlowTest = Static<typeof FlowTestFile>['tests'][number]

export const checkFlowTestFile = bodyValidator(FlowTestFile)

/** A fixed Monday morning, so that a test gives the same every day. */
const startAt = Date.parse('2026-03-02T09:00:00Z')

/** What did not come as expected; empty when all did. */
export async function runFlowTest(flow: FlowDefinition, test: FlowTest): Promise<readonly string[]> {
  const bench = workbench(flow, (test.mocks ?? {}) as { [node: string]: Mock }, startAt)
  for (const { command, payload } of test.given ?? []) bench.command(command, payload)
  const run = begin(bench, test)
  if (run === null) return test.expect.starts === false ? [] : ['the event started no run of this flow']
  if (test.expect.starts === false) return ['a run started']
  const passing = test.advance === undefined ? 0 : (durationMs(test.advance) ?? 0)
  await bench.advance(passing)
  for (const [node, answer] of Object.entries(test.answers ?? {})) {
    if (!bench.answer(run, node, answer as Answer)) return [`${node} asks nobody`]
    await bench.advance(0)
  }
  await bench.advance(passing)
  return differences(bench.run(run), test.expect)
}

function begin(bench: Workbench, { event, input }: FlowTest): string | null {
  if (event === undefined) return bench.start((input ?? null) as Json)
  return bench.send({ type: event.type, subject: event.subject ?? null, data: (event.data ?? null) as Json })
}

function differences(run: ReturnType<Workbench['run']>, expected: FlowTest['expect']): readonly string[] {
  const found: string[] = []
  const compare = (what: string, got: unknown, wanted: unknown) => {
    if (wanted !== undefined && !isDeepStrictEqual(got, wanted))
      found.push(`${what}: ${JSON.stringify(wanted)} expected, ${JSON.stringify(got)} found`)
  }
  compare('state', run.status, expected.state)
  compare('output', run.output, expected.output)
  compare('error', run.error?.code, expected.error)
  for (const [node, value] of Object.entries(expected.outputs ?? {})) compare(`output of ${node}`, run.outputs[node], value)
  for (const node of expected.passed ?? []) if (!(node in run.outputs)) found.push(`${node} was not passed`)
  for (const node of expected.notPassed ?? []) if (node in run.outputs) found.push(`${node} was passed`)
  return found
}
