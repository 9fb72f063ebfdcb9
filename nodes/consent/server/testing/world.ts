import { compilePlainly, memoryStore } from '@sluice/engine/testing'
import { type Actor, type BegunRow, type CommandHandler, createEngine, type EngineReply, type FeedItem } from '@sluice/engine/worker'
import type { FlowDefinition, Json } from '@sluice/flows'
import { effectOf } from '@sluice/sdk'
import {
  type Caller,
  type PackServer,
  type RecordsReader,
  type Route,
  type RouteHost,
  SluiceProblem,
  sightOf,
  toRuntimes,
  type WriteContext,
} from '@sluice/sdk/server'
import { aiPack } from '../../../ai/index.ts'
import { aiServer } from '../../../ai/server/index.ts'
import { approvalsPack } from '../../../approvals/index.ts'
import { approvalsServer } from '../../../approvals/server/index.ts'
import { corePack } from '../../../core/index.ts'
import { coreServer } from '../../../core/server/index.ts'
import { crmPack } from '../../../crm/index.ts'
import { crmServer } from '../../../crm/server/index.ts'
import { maskingPack } from '../../../masking/index.ts'
import { maskingServer } from '../../../masking/server/index.ts'
import { notifyPack } from '../../../notify/index.ts'
import { notifyServer } from '../../../notify/server/index.ts'
import { consentPack } from '../../index.ts'
import { consentServer } from '../index.ts'

const system: Actor = { kind: 'system', id: 'test' }
export const T0 = Date.parse('2026-03-02T03:00:00.000Z')

const packs = [corePack, consentPack, crmPack, maskingPack, notifyPack, approvalsPack, aiPack]
const packServers: readonly PackServer[] = [coreServer, consentServer, crmServer, maskingServer, notifyServer, approvalsServer, aiServer]

/** The packs around consent on the memory host, with a clock that only moves when told. */
export function world(more: readonly PackServer[] = []) {
  const servers = [...packServers, ...more]
  let now = T0
  let ids = 0
  const store = memoryStore()
  const sent: BegunRow[] = []
  const feed: FeedItem[] = []
  const fences = new Map<string, number>()
  const commands = new Map<string, CommandHandler>(servers.flatMap((server) => Object.entries(server.commands ?? {})))
  const consumers = new Map<string, string[]>()
  for (const server of servers)
    for (const [type, command] of Object.entries(server.consumers ?? {})) consumers.set(type, [...(consumers.get(type) ?? []), command])
  const start = () =>
    createEngine({
      store,
      clock: { now: () => now },
      newId: () => `id-${String(++ids).padStart(8, '0')}`,
      random: () => 0.5,
      nodes: toRuntimes(packs, servers),
      commands,
      consumers,
      gates: servers.flatMap((server) => server.gates ?? []),
      dispatch: { effects: (rows) => sent.push(...rows), feed: (items) => feed.push(...items) },
      fence: {
        bump: (subject) => fences.set(subject, (fences.get(subject) ?? 0) + 1),
        read: (subject) => fences.get(subject) ?? 0,
      },
    })

  let engine = start()
  const result = <Result>(reply: EngineReply | undefined): Result => {
    if (reply?.ok === true) return reply.result as Result
    throw new SluiceProblem(reply?.code ?? 'SLU_NO_REPLY', reply?.status ?? 500, reply?.message ?? '', reply?.details ?? [])
  }
  const fireAll = () => {
    while (engine.fireDue() > 0);
  }
  /** As on the host: what is due by then is done before the answer leaves. */
  const command = <Result = unknown>(name: string, payload: unknown, actor: Actor = system): Result => {
    const [reply] = engine.execute([{ kind: 'command', name, payload, actor }])
    fireAll()
    return result<Result>(reply)
  }

  const kindsOf = (definition: FlowDefinition) =>
    new Map(
      definition.nodes.map((node) => {
        const type = packs.flatMap((pack) => pack.nodes).find((it) => it.type === node.type)
        if (type === undefined) throw new Error(`no node type ${node.type}`)
        return [node.type, { behaviour: type.behaviour ?? 'action', effect: effectOf(type, (node.config ?? {}) as never) }] as const
      }),
    )

  return {
    get engine() {
      return engine
    },
    /** As after a kill -9: the same store, everything else anew. What had left without an answer is forgotten by the door. */
    restart() {
      sent.length = 0
      engine = start()
      engine.recover()
    },
    store,
    publish(definition: FlowDefinition, version = 1) {
      const flow = compilePlainly(definition, kindsOf(definition), version)
      command('engine.flow.put', { flow, activate: true })
    },
    /** The run as it stands. */
    run: (id: string) => store.runs.load(id)?.state ?? null,
    /** What happened in the run, as `node:kind` lines. */
    journal: (id: string) =>
      store.journal
        .read(id)
        .flatMap(({ entries }) => entries.map((entry) => ('node' in entry ? `${entry.node}:${entry.kind}` : entry.kind))),
    /** Runs by how they stand now. */
    statuses: () => store.runIds().map((id) => `${store.runs.load(id)?.state.flow} ${store.runs.load(id)?.state.status}`),
    /** Answers everything that has left, as channels do that take what they get. */
    answerAll(data: Json = { delivery: 'sent' }) {
      for (const row of sent.splice(0))
        engine.execute([{ kind: 'effect.result', id: row.id, outcome: { kind: 'output', port: 'out', data } }])
    },
    records: store.records as RecordsReader,
    sent,
    feed,
    fences,
    command,
    now: () => now,
    event: (event: {
      readonly id?: string
      readonly type: string
      readonly subject: string | null
      readonly data: Json
      readonly source?: string
      readonly receivedAt?: number
    }) =>
      result<{ event: string; runs: { flow: string; run: string }[]; repeated: boolean }>(
        engine.execute([
          {
            kind: 'event',
            actor: system,
            event: { id: `e-${++ids}`, source: 'test', time: new Date(now).toISOString(), ...event },
          },
        ])[0],
      ),
    /** Lets time pass, stopping at each timer that comes due on the way. */
    advance(ms: number) {
      const until = now + ms
      for (let next = engine.nextDueAt(); next !== null && next <= until; next = engine.nextDueAt()) {
        now = Math.max(now, next)
        fireAll()
      }
      now = until
      fireAll()
    },
    /** Lets time pass with nobody awake, then wakes up. */
    sleep(ms: number) {
      now += ms
      fireAll()
    },
    /** A command that fails as long as told. */
    breakCommand(name: string, isBroken: () => boolean) {
      const real = commands.get(name) as ((context: WriteContext, payload: unknown) => unknown) | undefined
      commands.set(name, (context: WriteContext, payload: unknown) => {
        if (isBroken()) throw new SluiceProblem('SLU_TEST_BROKEN', 503, 'broken on purpose')
        return real?.(context, payload)
      })
    },
    /** A customer with grants, as most stories begin. */
    customer(
      id: string,
      grants: readonly string[] = [],
      fields: { readonly [name: string]: Json } = {
        mobile: '13800138000',
        email: 'li@example.com',
        model: 'Aurora L',
        budget: 300_000,
        income: 450_000,
      },
    ) {
      command('crm.create-customer', { id, name: '李雷', owner: 'r-1', language: 'zh-CN', fields })
      if (grants.length > 0)
        command('consent.decide', {
          customer: id,
          act: 'checkbox',
          language: 'zh-CN',
          decisions: grants.map((grant) => ({ purpose: grant.split('/')[0], scene: grant.split('/')[1], value: 'yes' })),
        })
      return id
    },
    async route(routes: readonly Route[], method: Route['method'], path: string, request: Partial<Parameters<Route['handle']>[0]> = {}) {
      const route = routes.find((it) => it.method === method && it.path === path)
      if (route === undefined) throw new Error(`no route ${method} ${path}`)
      const host: RouteHost = {
        records: store.records,
        command: async <Result>(name: string, payload: unknown) => command<Result>(name, payload),
        sight: (by) => sightOf([], by, store.records),
        now: () => now,
      }
      return route.handle(
        {
          params: {},
          query: {},
          body: undefined,
          rawBody: null,
          headers: {},
          caller: caller(),
          language: 'en',
          receivedAt: now,
          ...request,
        },
        host,
      )
    },
  }
}

export function caller(over: Partial<Caller> = {}): Caller {
  return { actor: { kind: 'user', id: 'u-1' }, name: 'Admin', roles: ['admin'], rep: null, may: () => true, ...over }
}
