import type { Language } from '@sluice/sdk'
import { allCells, bitOf, cellsOf, type Purpose, type Scene } from '../../domain/grid.ts'
import type { ConsentState } from '../../domain/lifecycle.ts'
import { repCard } from '../../domain/withdrawal.ts'
import type { Consent, Session, Step, Subject, Withdrawal } from '../tables.ts'

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

export function consentView(it: Consent, now: number) {
  return {
    id: it.id,
    customer: it.customer,
    purpose: it.purpose,
    scene: it.scene,
    scope: it.scope,
    session: it.session,
    state: stateNow(it, now),
    since: iso(it.stateSince),
    act: it.act,
    language: it.language,
    categories: it.categories,
    evidence: it.evidence,
    validFrom: iso(it.validFrom),
    validUntil: iso(it.validUntil),
    epoch: it.epochAt,
    supersededBy: it.supersededBy,
  }
}

interface Square {
  readonly purpose: Purpose
  readonly scene: Scene
  /** `none`: never asked; absence is neither a yes nor a no. */
  readonly state: ConsentState | 'none'
  readonly consent: string | null
  readonly since: string | null
}

/** All 28 squares, each with the standing record that says why it looks as it does. */
export function gridView(records: readonly Consent[], subject: Subject, now: number): Square[] {
  return allCells.map((cell) => {
    const newest = records
      .filter((it) => it.scope === 'standing' && it.purpose === cell.purpose && it.scene === cell.scene)
      .reduce<Consent | null>((best, it) => (best === null || it.stateEpoch > best.stateEpoch ? it : best), null)
    if (newest !== null) return { ...cell, state: stateNow(newest, now), consent: newest.id, since: iso(newest.stateSince) }
    const withdrawn = (subject.withdrawnMask & bitOf(cell)) !== 0
    return { ...cell, state: withdrawn ? 'withdrawn' : 'none', consent: null, since: null }
  })
}

function stateNow(it: Consent, now: number): ConsentState {
  return it.state === 'given' && it.validUntil !== null && it.validUntil <= now ? 'expired' : it.state
}

export function sessionView(it: Session) {
  return {
    id: it.id,
    channel: it.channel,
    rep: it.rep,
    openedAt: iso(it.openedAt),
    lastActivityAt: iso(it.lastActivityAt),
    closedAt: iso(it.closedAt),
    closedReason: it.closedReason,
    granted: cellsOf(it.mask),
    cut: cellsOf(it.cutMask),
  }
}

export function withdrawalView(it: Withdrawal, steps: readonly Step[], language: Language, now: number) {
  return {
    id: it.id,
    customer: it.customer,
    kind: it.kind,
    scope: it.scope,
    cells: cellsOf(it.cutMask),
    channel: it.channel,
    state: it.state,
    epoch: it.epoch,
    occurredAt: iso(it.occurredAt),
    receivedAt: iso(it.receivedAt),
    fencedAt: iso(it.fencedAt),
    completedAt: iso(it.completedAt),
    deadlineAt: iso(it.deadlineAt),
    fenceMs: it.fencedAt - it.receivedAt,
    elapsedMs: (it.completedAt ?? now) - it.receivedAt,
    steps: steps.map((step) => ({
      name: step.name,
      state: step.state,
      startedAt: iso(step.startedAt),
      doneAt: iso(step.doneAt),
      attempts: step.attempts,
      proof: step.proof,
    })),
    stopped: it.stopped,
    escaped: it.escaped,
    runs: it.runs,
    card: repCard(it.leftMask, it.cutMask, language),
    receipt: it.receipt,
    erasureDueAt: iso(it.erasureDueAt),
    now: iso(now),
  }
}
