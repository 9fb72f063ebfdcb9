import type { Json, JsonObject } from '@sluice/flows'
import { canonicalJson } from '../../core/canonical.ts'
import type { TestNode } from '../builders/nodes.ts'

/** A line that has come so far leaves every loop. */
export const roundsMax = 30

/** How far a value has come. What a step did not make itself counts as far, so that no loop lives on such values for ever. */
export function roundsOf(value: Json): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(roundsOf))
  if (!isObject(value)) return 0
  if ('code' in value) return 100
  return Math.max(0, Number(value.t ?? 0), ...Object.values(value).map(roundsOf))
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A number that hangs on all that came in, but for texts people read and names of runs: whoever hands on something else changes all that follows. */
export function weigh(value: Json): number {
  let hash = 7
  for (const char of canonicalJson(withoutMessages(value))) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0
  return hash % 997
}

export function withoutMessages(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMessages)
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([name]) => name !== 'message' && name !== 'run')
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutMessages(inner)]))
}

export function folded(input: Json, salt: number): Json {
  return { n: (weigh(input) + salt) % 997, t: roundsOf(input) + 1 }
}

export function chosen(input: Json, ports: readonly string[]): string {
  return roundsOf(input) >= roundsMax ? 'none' : (ports[weigh(input) % ports.length] ?? 'none')
}

export function itemsOf(input: Json, count: number): readonly Json[] {
  return Array.from({ length: count }, (_, index) => ({ n: (weigh(input) + index * 131) % 997, t: roundsOf(input) + 1 }))
}

/** What an act is told: how long it takes, how often it fails first, whether for good. */
export interface ActConfig {
  readonly salt: number
  readonly ms: number
  readonly fails: number
  readonly terminal: boolean
  /** Takes no longer for what comes in. */
  readonly exact?: boolean
}

export interface TaskConfig {
  readonly action: 'approve' | 'reject' | null
  readonly afterMs: number
}

export function actMs({ ms, exact }: ActConfig, input: Json): number {
  return exact === true ? ms : ms + weigh(input)
}

export type ActAnswer = { readonly port: 'out'; readonly data: Json } | { readonly code: string; readonly terminal: boolean }

export function actAnswer({ salt, fails, terminal }: ActConfig, input: Json, attempt: number): ActAnswer {
  return attempt <= fails ? { code: 'SLU_TEST', terminal } : { port: 'out', data: folded(input, salt) }
}

/** What a person gives with a decision; what an event carries that wakes a step. */
export const personSays: Json = { n: 5, t: 100 }
export const eventSays: Json = { n: 11, t: 100 }

const config = { type: 'object', additionalProperties: true } as const

/** Steps of random flows that follow by the input alone. */
export const answeringNodes: readonly TestNode[] = [
  {
    type: 'ref.fold',
    effect: 'none',
    config,
    pure: ({ config: { salt }, input }) => ({ kind: 'output', port: 'out', data: folded(input, Number(salt)) }),
  },
  {
    type: 'ref.choose',
    effect: 'none',
    config,
    pure: ({ config: { ports }, input }) => ({ kind: 'output', port: chosen(input, ports as readonly string[]), data: input }),
  },
  {
    type: 'ref.wait',
    effect: 'none',
    config,
    pure: ({ config: { ms }, input, now }) => ({
      kind: 'wait',
      wait: { kind: 'timer', dueAt: now + Number(ms) + weigh(input), port: 'out', data: input },
    }),
  },
  {
    type: 'ref.each',
    effect: 'none',
    behaviour: 'each',
    config,
    pure: ({ config: { count, concurrency, collect, reviewed, finish, stop }, input }) => ({
      kind: 'each',
      plan: {
        items: itemsOf(input, Number(count)),
        concurrency: Number(concurrency),
        collect: collect === true,
        reviewed: reviewed === true,
        stop: stop === true,
        finish: finish === true,
      },
    }),
  },
]
