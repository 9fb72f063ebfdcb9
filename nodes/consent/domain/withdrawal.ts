import { block, cellLabel, cellsOf, everything, type Mask, type Purpose, type Scene } from './grid.ts'

/** What the customer takes back. */
export interface Scope {
  readonly purposes?: readonly Purpose[]
  readonly scenes?: readonly Scene[]
  readonly cells?: readonly { readonly purpose: Purpose; readonly scene: Scene }[]
  /** Only inside this session; everything elsewhere stays. */
  readonly session?: string | null
  readonly all?: boolean
  /** Data categories, as WeChat names them: `contact.mobile`. */
  readonly categories?: readonly string[]
}

export type ScopeKind = 'cell' | 'scene' | 'purpose' | 'session' | 'category' | 'all'

export const slaMs = 90_000
/** Moments after receipt at which open steps are retried and people are told. */
export const escalationsMs = [30_000, 60_000, 80_000, 90_000] as const

/** Cells a scope names. A session or category alone names every cell inside itself, so that the mask stays the meaning. */
export function scopeMask(scope: Scope): Mask {
  if (scope.all === true) return everything
  if (scope.cells !== undefined && scope.cells.length > 0)
    return scope.cells.reduce((mask, cell) => mask | block({ purposes: [cell.purpose], scenes: [cell.scene] }), 0)
  const named = {
    ...(scope.purposes?.length ? { purposes: scope.purposes } : {}),
    ...(scope.scenes?.length ? { scenes: scope.scenes } : {}),
  }
  if (named.purposes === undefined && named.scenes === undefined) return scope.session ? everything : 0
  return block(named)
}

export function scopeKind(scope: Scope): ScopeKind {
  if (scope.all === true) return 'all'
  if (scope.session) return 'session'
  if (scope.categories?.length && !scope.purposes?.length && !scope.scenes?.length && !scope.cells?.length) return 'category'
  if (scope.cells?.length || (scope.purposes?.length && scope.scenes?.length)) return 'cell'
  return scope.scenes?.length ? 'scene' : 'purpose'
}

/** Nothing named: refuse it, rather than guess how much the customer meant. */
export function isEmptyScope(scope: Scope): boolean {
  return scopeMask(scope) === 0 && !scope.categories?.length
}

/** The rep's card: what is still allowed and what has just ended. */
export function repCard(left: Mask, cut: Mask, language: 'en' | 'zh-CN'): { readonly youMay: string[]; readonly youMustNot: string[] } {
  return {
    youMay: cellsOf(left).map((cell) => cellLabel(cell, language)),
    youMustNot: cellsOf(cut & ~left).map((cell) => cellLabel(cell, language)),
  }
}

export type StepName = 'fence' | 'stop_runs' | 'crm_freeze' | 'marketing_stop' | 'rep_alert' | 'strategy' | 'receipt'
export const stepNames: readonly StepName[] = ['fence', 'stop_runs', 'crm_freeze', 'marketing_stop', 'rep_alert', 'strategy', 'receipt']
export type StepState = 'pending' | 'doing' | 'done' | 'failed' | 'not_applicable'

export type WithdrawalState = 'fenced' | 'propagating' | 'completed' | 'completed_late' | 'partial'

/** A withdrawal's state follows from its steps and the clock alone. A breach stays a breach. */
export function stateOf(steps: readonly { readonly state: StepState }[], receivedAt: number, now: number): WithdrawalState {
  const open = steps.some((step) => step.state !== 'done' && step.state !== 'not_applicable')
  const late = now - receivedAt > slaMs
  if (open) return now - receivedAt >= slaMs ? 'partial' : 'propagating'
  return late ? 'completed_late' : 'completed'
}
