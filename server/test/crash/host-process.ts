/** The real host in a process of its own, under load until it is killed. Tells its parent line by line what was acknowledged. */
import { writeSync } from 'node:fs'
import type { EngineReply } from '@sluice/engine/worker'
import { expressionPool } from '../../src/expression-pool/pool.ts'
import { openEngine } from '../../src/hosts/sqlite/index.ts'
import { acts, asks, fourSteps, waits } from './test-parts.ts'

const [root = '', partsUrl = '', round = '0', again = ''] = process.argv.slice(2)
const actor = { kind: 'user', id: 'u-1' } as const
const types = ['lead', 'later', 'act', 'ask'] as const

/** Straight to the pipe: what was told before a kill has been told. */
function tell(line: string): void {
  writeSync(1, `${line}\n`)
}

const engine = await openEngine({
  dataFolder: root,
  expressionPool: expressionPool({ threads: 0 }),
  parts: {
    module: partsUrl,
    outside: new Map([
      [
        'test.act',
        {
          touches: 'either',
          effectKind: 'message',
          act: async (order) => {
            tell(`acted ${order.run} ${order.idempotencyKey}`)
            return { kind: 'output', port: 'out', data: null }
          },
        },
      ],
    ]),
  },
})
for (const flow of [fourSteps, waits, acts, asks]) {
  await engine.execute({ kind: 'command', name: 'engine.flow.put', payload: { flow, activate: true }, actor })
}
tell('ready')

async function send(id: string): Promise<void> {
  const type = types[Number(id.split('-')[1]) % types.length] ?? 'lead'
  tell(`sent ${id}`)
  const event = { id, source: '/load', type, subject: `c-${id}`, time: '2026-03-02T03:00:00.000Z', data: { id } }
  const reply: EngineReply = await engine.execute({ kind: 'event', event, actor })
  if (!reply.ok) throw new Error(reply.message)
  const { runs } = reply.result as { readonly runs: readonly { readonly run: string }[] }
  tell(`acknowledged ${id} ${type} ${runs.map(({ run }) => run).join(',')}`)
}

if (round === 'end') {
  // The last life: no new work, everything that can end does.
  await Promise.all(again.split(',').filter(Boolean).map(send))
  const open = () =>
    engine.reader.runs.counts().running +
    engine.reader.outside.open() +
    engine.reader.runs.list({ flow: 'waits', status: 'waiting' }).items.length
  for (let tries = 0; tries < 1_000 && open() > 0; tries += 1) await new Promise((settle) => setTimeout(settle, 10))
  await engine.close()
} else {
  await Promise.all(again.split(',').filter(Boolean).map(send))
  for (let n = 0; ; n += 1) {
    await Promise.all(Array.from({ length: 8 }, (_, lane) => send(`${round}-${n * 8 + lane}`)))
  }
}
