import type { FlowDefinition, Json } from '@sluice/flows'
import { expect, test } from 'vitest'
import { digestRun } from '../core/index.ts'
import { flow } from './builders/flow.ts'
import type { HostDriver } from './host-driver.ts'
import { memoryStore } from './memory/store.ts'
import { storageDriver } from './storage-driver.ts'

export type MakeDriver = (flows: readonly FlowDefinition[]) => HostDriver

interface Scenario {
  readonly says: string
  readonly flows: readonly FlowDefinition[]
  readonly data?: Json
  /** After the start. */
  play(host: HostDriver, run: string): Promise<void>
  readonly ends: string
}

const child = flow('child')
  .node('start', 'core.manual')
  .node('wait', 'test.wait', { ms: 500 })
  .node('end', 'test.echo', { value: 'child' })
  .wire('start', 'wait')
  .wire('wait', 'end')
  .build()
const begin = (key: string) => flow(key).node('start', 'core.manual')
const nothing = async (): Promise<void> => {}

/** One of everything a run can meet; the host is right when the run comes out as it does on the reference host. */
const scenarios: readonly Scenario[] = [
  {
    says: 'steps in a row, with an expression over earlier ones',
    flows: [
      begin('f')
        .node('a', 'test.echo', { value: '{% input.n + 1 %}' })
        .node('b', 'test.echo', { value: '{% nodes.a * 2 %}' })
        .wire('start', 'a')
        .wire('a', 'b')
        .build(),
    ],
    data: { n: 4 },
    play: nothing,
    ends: 'succeeded',
  },
  {
    says: 'an expression that needs the worker',
    flows: [begin('f').node('a', 'test.echo', { value: '{% $map(input.list, function($x) { $x * 2 }) %}' }).wire('start', 'a').build()],
    data: { list: [1, 2, 3] },
    play: nothing,
    ends: 'succeeded',
  },
  {
    says: 'parallel lines that wait differently and join',
    flows: [
      begin('f')
        .node('a', 'test.wait', { ms: 300 })
        .node('b', 'test.wait', { ms: 100 })
        .node('c', 'test.echo')
        .node('join', 'test.join', { mode: 'all' })
        .node('end', 'test.echo')
        .wire('start', 'a', 'b', 'c')
        .wire('a', 'join')
        .wire('b', 'join')
        .wire('c', 'join')
        .wire('join', 'end')
        .build(),
    ],
    data: 7,
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'the first of several, and the rest is cancelled',
    flows: [
      begin('f')
        .node('a', 'test.wait', { ms: 300 })
        .node('b', 'test.task')
        .node('join', 'test.join', { mode: 'first', cancelRest: true })
        .wire('start', 'a', 'b')
        .wire('a', 'join')
        .wire('b', 'join')
        .build(),
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'a person who answers in time',
    flows: [
      begin('f')
        .node('ask', 'test.task', { dueMs: 1_000 })
        .node('yes', 'test.echo', { value: 'yes' })
        .wire('start', 'ask')
        .wire('ask.approve', 'yes')
        .build(),
    ],
    play: async (host, run) => {
      await host.advance(400)
      await host.answer(run, 'ask', 'approve', { by: 'hand' })
      await host.advance(2_000)
    },
    ends: 'succeeded',
  },
  {
    says: 'a person who does not',
    flows: [
      begin('f')
        .node('ask', 'test.task', { dueMs: 1_000 })
        .node('late', 'test.echo', { value: 'late' })
        .wire('start', 'ask')
        .wire('ask.expired', 'late')
        .build(),
    ],
    play: (host) => host.advance(2_000),
    ends: 'succeeded',
  },
  {
    says: 'an event that comes, and one that is for somebody else',
    flows: [
      begin('f')
        .node('wait', 'test.wait-event', { type: 'reply', key: 'k1', match: 'event.data.key', timeoutMs: 5_000 })
        .node('end', 'test.echo')
        .wire('start', 'wait')
        .wire('wait', 'end')
        .build(),
    ],
    play: async (host) => {
      await host.event('reply', { key: 'other' })
      await host.advance(100)
      await host.event('reply', { key: 'k1', said: 'yes' })
    },
    ends: 'succeeded',
  },
  {
    says: 'an event that never comes',
    flows: [
      begin('f')
        .node('wait', 'test.wait-event', { type: 'reply', key: 'k1', timeoutMs: 5_000 })
        .node('gone', 'test.echo', { value: 'gone' })
        .wire('start', 'wait')
        .wire('wait.timeout', 'gone')
        .build(),
    ],
    play: (host) => host.advance(6_000),
    ends: 'succeeded',
  },
  {
    says: 'an outside act that fails twice and is tried again',
    flows: [
      begin('f')
        .node('act', 'test.act', { say: { fails: 2 } }, { retry: { attempts: 3, delayMs: 50 } })
        .wire('start', 'act')
        .build(),
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'an act that never works leaves by the error port',
    flows: [
      begin('f')
        .node('act', 'test.act', { say: { fails: 9 } }, { retry: { attempts: 2, delayMs: 50 } })
        .node('mend', 'test.echo')
        .wire('start', 'act')
        .wire('act.error', 'mend')
        .build(),
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'an incident that a person puts back to work',
    flows: [
      begin('f')
        .node('act', 'test.act', { say: { fails: 1 } })
        .wire('start', 'act')
        .build(),
    ],
    play: (host, run) => host.retry(run),
    ends: 'succeeded',
  },
  {
    says: 'a run that is cancelled while it waits in three places',
    flows: [
      begin('f')
        .node('a', 'test.task')
        .node('b', 'test.wait', { ms: 9_000 })
        .node('c', 'test.wait-event', { type: 'x', key: 'k' })
        .wire('start', 'a', 'b', 'c')
        .build(),
    ],
    play: async (host, run) => {
      await host.advance(10)
      await host.cancel(run, 'no longer needed')
      await host.advance(10_000)
    },
    ends: 'cancelled',
  },
  {
    says: 'a flow that calls another and waits for it',
    flows: [
      begin('f').node('call', 'test.call', { flow: 'child' }).node('end', 'test.echo').wire('start', 'call').wire('call', 'end').build(),
      child,
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'a caller that is cancelled takes the called run with it',
    flows: [begin('f').node('call', 'test.call', { flow: 'child' }).wire('start', 'call').build(), child],
    play: async (host, run) => {
      await host.advance(10)
      await host.cancel(run, 'stop')
      await host.advance(1_000)
    },
    ends: 'cancelled',
  },
  {
    says: 'a step that takes longer than its limit',
    flows: [
      begin('f')
        .node('wait', 'test.wait', { ms: 9_000 }, { timeoutMs: 100 })
        .node('late', 'test.echo')
        .wire('start', 'wait')
        .wire('wait.error', 'late')
        .build(),
    ],
    play: (host) => host.advance(10_000),
    ends: 'succeeded',
  },
  {
    says: 'a run that takes longer than its limit',
    flows: [begin('f').node('wait', 'test.task').wire('start', 'wait').settings({ timeout: 'PT1S' }).build()],
    play: (host) => host.advance(10_000),
    ends: 'failed',
  },
  {
    says: 'the first wait of a race',
    flows: [
      begin('f')
        .node('race', 'test.race')
        .node('a', 'test.task')
        .node('b', 'test.wait', { ms: 200 })
        .node('end', 'test.echo', { value: 'b' })
        .wire('start', 'race')
        .wire('race', 'a', 'b')
        .wire('b', 'end')
        .build(),
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
  {
    says: 'a region for each item, two at a time',
    flows: [
      begin('f')
        .node('each', 'test.each', { items: [1, 2, 3], group: 'region', concurrency: 2 })
        .node('wait', 'test.wait', { ms: 100 })
        .node('end', 'test.echo')
        .group('region', ['wait'])
        .wire('start', 'each')
        .wire('each', 'end')
        .build(),
    ],
    play: (host) => host.advance(1_000),
    ends: 'succeeded',
  },
]

/** What every host promises whoever reads its runs, whatever its shape: the same happenings give the same journal and the same state. */
export function hostConformance(name: string, makeDriver: MakeDriver): void {
  test.each(scenarios)(`${name}: $says`, async ({ flows, data = null, play, ends }) => {
    const reference = storageDriver(memoryStore(), flows, () => {})
    const host = makeDriver(flows)
    try {
      for (const driver of [reference, host]) {
        const run = await driver.start('f', data)
        await play(driver, run)
      }
      const [run = ''] = await reference.children()
      expect((await reference.run(run)).status).toBe(ends)
      expect([...(await host.children())].sort()).toEqual([...(await reference.children())].sort())
      for (const each of await reference.children()) {
        expect(await host.journal(each)).toEqual(await reference.journal(each))
        expect(digestRun(await host.run(each))).toBe(digestRun(await reference.run(each)))
      }
      expect(host.acts).toEqual(reference.acts)
    } finally {
      await host.close()
    }
  })
}
