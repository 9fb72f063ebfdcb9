import type { Json } from '@sluice/sdk'
import type { Scene } from '../../consent/index.ts'

/** What a strategy may know: fields that a granted scene covers, by name. Frozen and ungranted data never gets this far. */
export interface Knowledge {
  readonly customer: string
  readonly facts: { readonly [field: string]: Json }
  /** For each fact the granted scenes it may be used in: what one scene may see, another may not. */
  readonly usableIn: { readonly [field: string]: readonly Scene[] }
  /** Facts that may leave for a model: neither identifying nor of a high level, whatever was granted. */
  readonly promptable: readonly string[]
  /** Scenes in which recommendation is granted now. */
  readonly scenes: readonly Scene[]
  /** Names of fields that exist but may not be used, without their values. */
  readonly withheld: readonly string[]
  /** The customer's consent epoch at which this was read. */
  readonly epoch: number
}

/** What set the strategy off. */
export const signals = [
  'price_objection',
  'competitor',
  'stalled',
  'no_reply',
  'churn_risk',
  'renewal',
  'cross_sell',
  'onboarding',
  'consent_withdrawn',
] as const
export type Signal = (typeof signals)[number]

export function isSignal(value: unknown): value is Signal {
  return signals.some((signal) => signal === value)
}

/** Whether this fact is there and this scene may use it. */
export function isUsable({ facts, usableIn }: Knowledge, name: string, scene: Scene): boolean {
  return factText(facts, name) !== null && (usableIn[name]?.includes(scene) ?? false)
}

/** A fact as it may be written into a sentence; a missing one is null, so that no sentence shows a hole. */
export function factText(facts: Knowledge['facts'], name: string): string | null {
  const value = facts[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null
}
