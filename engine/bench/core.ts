/**
 * Runs per second of the loop alone: a 4-step flow of inside steps, in-process, on the memory store.
 * `npx esbuild engine/bench/core.ts --bundle --platform=node --format=esm --outfile=/tmp/core-bench.mjs && node /tmp/core-bench.mjs`
 */
import { performance } from 'node:perf_hooks'
import { compilePlainly } from '../src/testing/builders/compile-plainly.ts'
import { flow } from '../src/testing/builders/flow.ts'
import { kindsOf, runtimesOf, testNodes } from '../src/testing/builders/nodes.ts'
import { memoryStore } from '../src/testing/memory/store.ts'
import { createEngine, type EngineRequest } from '../src/worker/index.ts'

const drawn = flow('four')
  .node('start', 'test.event')
  .node('a', 'test.echo', { value: { customer: '{% event.data.customer %}', n: '{% input.n + 1 %}' } })
  .node('b', 'test.port', { port: '{% input.n > 0 ? "out" : "no" %}' })
  .node('c', 'test.echo')
  .node('d', 'test.echo', { value: '{% nodes.a.customer.id %}' })
  .wire('start', 'a')
  .wire('a', 'b')
  .wire('b', 'c')
  .wire('c', 'd')

const actor = { kind: 'system', id: 'bench' } as const
const batch = 50

function measure(runs: number): number {
  let ids = 0
  const engine = createEngine({
    store: memoryStore(),
    clock: { now: () => Date.now() },
    newId: () => `id${++ids}`,
    random: Math.random,
    nodes: runtimesOf(testNodes),
    commands: new Map(),
    gates: [],
    dispatch: { effects: () => {}, feed: () => {} },
    fence: { bump: () => {}, read: () => 0 },
  })
  const compiled = compilePlainly(drawn.build(), kindsOf(testNodes))
  engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow: compiled, activate: true }, actor }])
  const data = { n: 1, customer: { id: 'c-1001', name: '李雷' } }
  const started = performance.now()
  for (let sent = 0; sent < runs; sent += batch) {
    const requests = Array.from({ length: batch }, (_, index): EngineRequest => {
      const event = { id: `e${sent + index}`, source: 'bench', type: 'test', subject: 'c-1001', time: '2026-01-01T00:00:00Z', data }
      return { kind: 'event', event, actor }
    })
    engine.execute(requests)
  }
  const seconds = (performance.now() - started) / 1_000
  const { runsEnded } = engine.stats()
  if (runsEnded !== runs) throw new Error(`${runsEnded} of ${runs} runs ended`)
  return runs / seconds
}

measure(5_000)
const results = Array.from({ length: 5 }, () => measure(20_000)).sort((left, right) => left - right)
console.log(
  JSON.stringify({
    'runs/s, median of 5': Math.round(results[2] ?? 0),
    lowest: Math.round(results[0] ?? 0),
    highest: Math.round(results[4] ?? 0),
  }),
)
