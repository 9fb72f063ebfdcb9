import type { FlowDefinition } from '@sluice/flows'
import { differencesFrom, expectationOf, type FlowTest, msOf, orderOfTest } from './flow-test.ts'
import { journalOf, mainRun, openTasks, type Simulated } from './result.ts'
import type { Play } from './simulation-store.ts'

type Untested = Omit<FlowTest, 'expect'>

/** Plays a test as `sluice test` does: its time passes, then people answer, then the same time passes again. `null`: a step asks nobody. */
export async function playTest(play: Play, test: Untested, trigger: string, flow: FlowDefinition): Promise<Simulated | null> {
  const advance = msOf(test.advance ?? 'PT0S')
  const { answers = {}, ...silent } = test
  const nodes = Object.keys(answers)
  if (nodes.length === 0) return play(flow.key, orderOfTest(test, trigger, flow))
  const before = orderOfTest(silent, trigger, flow) as { readonly startAt: string }
  const half = await play(flow.key, { ...before, until: advance })
  const run = mainRun(half)
  const open = run === null ? [] : openTasks(journalOf(half, run.run))
  const answeredAt = Date.parse(before.startAt) + advance
  const timed = nodes.map((node) => {
    const task = open.find((one) => one.node === node)
    return { node, ...answers[node], after: task === undefined ? 0 : answeredAt - task.askedAt }
  })
  const result = await play(flow.key, { ...before, answers: timed })
  const given = mainRun(result)
  const asked = given === null ? [] : journalOf(result, given.run).filter(({ kind }) => kind === 'task.answered')
  return nodes.every((node) => asked.some((one) => one.node === node && Date.parse(one.at) >= answeredAt)) ? result : null
}

/** What differs, or that the test could not be played; empty when it holds. */
export type Outcome = Awaited<ReturnType<typeof checkTest>> | 'refused'

/** One after the other, as one worker plays them; whoever listens hears of each. */
export async function checkAll(
  play: Play,
  tests: readonly FlowTest[],
  flow: FlowDefinition,
  tell: (outcomes: ReadonlyMap<string, Outcome>) => void,
): Promise<ReadonlyMap<string, Outcome>> {
  const found = new Map<string, Outcome>()
  for (const test of tests) {
    found.set(test.name, await checkTest(play, test, triggerOf(flow), flow).catch(() => 'refused' as const))
    tell(new Map(found))
  }
  return found
}

export function triggerOf({ nodes }: FlowDefinition): string {
  return nodes.find(({ type }) => type === 'core.manual')?.id ?? ''
}

/** What differs; empty when the test holds. */
async function checkTest(play: Play, test: FlowTest, trigger: string, flow: FlowDefinition) {
  const result = await playTest(play, test, trigger, flow)
  return result === null ? (['asks'] as const) : differencesFrom(test.expect, result)
}

/** The test with what the run does now as its expectation; `null` when it cannot be played in the form of a test. */
export async function expected(play: Play, test: Untested, trigger: string, flow: FlowDefinition): Promise<FlowTest | null> {
  const result = await playTest(play, test, trigger, flow)
  return result === null ? null : { ...test, expect: expectationOf(result) }
}
