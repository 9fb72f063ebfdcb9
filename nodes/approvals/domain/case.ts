import type { Json } from '@sluice/sdk'

/**
 * A case: several people sign, in stages one after another, in each stage one or several beside one another.
 * A stage passes with the first action on offer; any other action that can no longer be outvoted decides the case.
 */
export const caseLimits = { signersMax: 20, stagesMax: 10 } as const

/** How the signatures of one stage count. */
export type Need = 'all' | 'any' | 'ratio'

export interface Signature {
  readonly action: string
  /** User id, and whose deputy this person was. */
  readonly by: string
  /** Who made the token that signed; absent when a person did. */
  readonly behind?: string
  readonly for: string | null
  readonly at: number
  readonly data: Json
  /** Hash of what this person was shown: the signature holds as long as the same would be shown again. */
  readonly shownHash: string
}

export interface Seat {
  /** Row of the inbox; null until the stage opens. */
  readonly task: string | null
  readonly who: string
  readonly signature: Signature | null
}

export interface Stage {
  readonly need: Need
  /** Share of the seats that must agree, for `ratio`. */
  readonly ratio: number | null
  readonly seats: readonly Seat[]
}

export function stageOf(who: readonly string[], need: Need = 'all', ratio: number | null = null): Stage {
  return { need, ratio, seats: who.map((each) => ({ task: null, who: each, signature: null })) }
}

/** What a stage has decided, or null while it is open. `passes` is the action that goes on; with money one other ends it at once. */
export function outcomeOf({ need, ratio, seats }: Stage, passes: string, isMoney: boolean): string | null {
  const given = seats.flatMap(({ signature }) => signature ?? [])
  const against = given.filter(({ action }) => action !== passes)
  const stopped = against.at(-1)?.action ?? null
  if (stopped !== null && (isMoney || need === 'all')) return stopped
  if (need === 'any') return given[0]?.action ?? null
  const needed = need === 'all' ? seats.length : Math.max(1, Math.ceil((ratio ?? 1) * seats.length - 1e-9))
  if (given.length - against.length >= needed) return passes
  return seats.length - against.length < needed ? stopped : null
}

/** Signatures of the stages before this one, in the order of the seats: what the next ones see beside the content. */
export function signaturesBefore(stages: readonly Stage[], at: number): readonly Signature[] {
  return stages.slice(0, at).flatMap(({ seats }) => seats.flatMap(({ signature }) => signature ?? []))
}

export type Place = 'before' | 'with' | 'after'

/** A further signer before, beside or after the stage that is open. Asked before: the open seats wait until then. */
export function withSigner(stages: readonly Stage[], at: number, who: string, place: Place): readonly Stage[] {
  const added = stageOf([who])
  if (place === 'before') return [...stages.slice(0, at), added, ...stages.slice(at).map(closedSeats)]
  if (place === 'after') return [...stages.slice(0, at + 1), added, ...stages.slice(at + 1)]
  return stages.map((stage, index) => {
    if (index !== at) return stage
    const alone = stage.seats.length === 1
    return { ...stage, need: alone ? 'all' : stage.need, seats: [...stage.seats, ...added.seats] }
  })
}

/** Back to an earlier stage: it signs again; the signatures between keep until it is seen whether they still fit. */
export function returned(stages: readonly Stage[], to: number, from: number): readonly Stage[] {
  return stages.map((stage, index) => {
    if (index === to || index === from) return unsigned(stage)
    return stage
  })
}

export function signerCount(stages: readonly Stage[]): number {
  return stages.reduce((sum, { seats }) => sum + seats.length, 0)
}

function closedSeats(stage: Stage): Stage {
  return { ...stage, seats: stage.seats.map((seat) => (seat.signature === null ? { ...seat, task: null } : seat)) }
}

function unsigned(stage: Stage): Stage {
  return { ...stage, seats: stage.seats.map((seat) => ({ ...seat, signature: null, task: null })) }
}
