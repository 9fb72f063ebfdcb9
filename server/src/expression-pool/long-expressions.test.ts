/** The whole way of an expression that may take long: outbox, pool, result, step. With the packs of this build. */
import { rmSync } from 'node:fs'
import type { FlowDefinition } from '@sluice/flows'
import { packs } from '@sluice/nodes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFlow } from '../flows/check-flow.ts'
import { type EngineClient, openEngine } from '../hosts/sqlite/index.ts'
import { temporaryFolder } from '../hosts/sqlite/test-database.ts'

const actor = { kind: 'user', id: 'u-1' } as const
const { root } = temporaryFolder()
let engine: EngineClient
beforeAll(async () => {
  engine = await openEngine({ dataFolder: root })
})
afterAll(async () => {
  await engine.close()
  rmSync(root, { recursive: true, force: true })
})

async function runWith(key: string, value: string): Promise<string> {
  const definition = {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.event', config: { type: `test.${key}` } },
      { id: 'work', type: 'core.transform', config: { value } },
      { id: 'end', type: 'core.stop', config: { output: '{% input %}' } },
    ],
    edges: [
      { from: 'start.out', to: 'work.in' },
      { from: 'work.out', to: 'end.in' },
    ],
  } as unknown as FlowDefinition
  const nodeTypes = new Map(packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)))
  const { compiled, problems } = checkFlow(definition, { nodeTypes, secrets: null })
  if (compiled === null) throw new Error(JSON.stringify(problems))
  await engine.execute({ kind: 'command', name: 'engine.flow.put', payload: { flow: compiled, activate: true }, actor })
  const event = { id: key, source: '/test', type: `test.${key}`, subject: null, time: new Date().toISOString(), data: { n: 5 } }
  const reply = await engine.execute({ kind: 'event', event, actor })
  if (!reply.ok) throw new Error(reply.message)
  const run = (reply.result as { readonly runs: readonly { readonly run: string }[] }).runs[0]?.run ?? ''
  for (let tries = 0; tries < 500; tries += 1) {
    const status = engine.reader.runs.find(run)?.status
    if (status !== 'running' && status !== 'waiting') break
    await new Promise((settle) => setTimeout(settle, 10))
  }
  return run
}

test('an expression with a function of its own is worked out beside the engine and the run goes on', async () => {
  const run = await runWith('factorial', '{% ($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(event.data.n)) %}')
  expect(engine.reader.runs.find(run)).toMatchObject({ status: 'succeeded', output: 120 })
})

test('an endless one stops its own run with a reason, and no other', async () => {
  const [endless, other] = await Promise.all([
    runWith('endless', '{% ($f := function($x) { $f($x) }; $f(1)) %}'),
    runWith('other', '{% event.data.n * 2 %}'),
  ])
  expect(engine.reader.runs.find(other)).toMatchObject({ status: 'succeeded', output: 10 })
  expect(engine.reader.runs.find(endless)?.status).toBe('incident')
  expect(JSON.stringify(engine.reader.runs.journal(endless).items)).toContain('SLU_EXPRESSION_LIMIT')
})
