import type { Actor, EngineReply } from '@sluice/engine/worker'
import type { AnyNode, PackDefinition } from '@sluice/sdk'
import { type Caller, type PackServer, type Sight, SluiceProblem, sightOf } from '@sluice/sdk/server'
import type { Logger } from 'pino'
import { type Identifier, identifier } from './auth/identify.ts'
import type { Keyring } from './auth/keyring.ts'
import type { Config } from './config/config.ts'
import type { EnginePort } from './ports.ts'
import { type SimulationPool, simulationPool } from './simulation/pool.ts'

/** What the app is put together from. Tests pass their own. */
export interface Parts {
  readonly engine: EnginePort
  readonly config: Config
  readonly log: Logger
  readonly packs: readonly PackDefinition[]
  readonly packServers: readonly PackServer[]
  readonly keyring: Keyring
  /** Folder of the built editor; null: none was built. */
  readonly editor: string | null
  readonly now?: () => number
}

/** The parts, and what every route shares. */
export interface Door extends Required<Parts> {
  readonly identifier: Identifier
  readonly nodeTypes: ReadonlyMap<string, AnyNode>
  /** Tries drafts on a thread of its own. */
  readonly simulations: SimulationPool
  /** What this caller may see of customer data in runs, tasks and streams. */
  sight(caller: Caller): Sight
  /** Runs a named command; rejects with `SluiceProblem`. */
  command<Result>(name: string, payload: unknown, actor: Actor): Promise<Result>
  /** Set once the server stops: no new work is taken. */
  stopping: boolean
}

export function openDoor(parts: Parts): Door {
  const now = parts.now ?? Date.now
  const { engine, config, packs } = parts
  const who = identifier(engine.reader.records, config.adminToken, now)
  return {
    ...parts,
    now,
    identifier: who,
    nodeTypes: new Map(packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const))),
    simulations: simulationPool(),
    stopping: false,
    sight: (caller) => sightOf(parts.packServers, caller, engine.reader.records),
    async command<Result>(name: string, payload: unknown, actor: Actor) {
      try {
        return resultOf(await engine.execute({ kind: 'command', name, payload, actor })) as Result
      } finally {
        if (changesRights(name, payload)) who.forget()
      }
    },
  }
}

export function resultOf(reply: EngineReply): unknown {
  if (reply.ok) return reply.result
  throw new SluiceProblem(reply.code, reply.status, reply.text ?? reply.message, reply.details)
}

function changesRights(name: string, payload: unknown): boolean {
  const inner = name === 'idempotency.once' ? (payload as { readonly name: string }).name : name
  return /^(users|setup|sessions|tokens|demo)\./.test(inner)
}
