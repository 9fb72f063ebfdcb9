import type { JsonObject, NodeOutcome, Use } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { type MessageRow, type MessageState, messages } from '../domain/tables.ts'

/** Command `messages.settle`: notes how a queued message ended. A suppressed one stays suppressed. */
export function settleMessage(context: WriteContext, result: { readonly request: JsonObject; readonly outcome: NodeOutcome }): void {
  const id = String(result.request.message ?? '')
  const message = context.records.find(messages, { id })
  if (message === null || message.state !== 'queued') return
  const { state, reason, providerRef } = verdict(result.outcome)
  if (state === 'queued') return
  context.records.update(messages, { id }, { state, reason, providerRef, settledAt: context.now })
  context.notify('messages', { message: id, customer: message.customer, state })
}

export interface Suppress {
  readonly customer: string
  /** What the withdrawal cuts: a test per use, or a list of cells. Absent: everything. */
  readonly covers?: ((use: Use) => boolean) | readonly { readonly purpose: string; readonly scene: string }[]
  readonly reason?: string
}

/** Command `messages.suppress { customer, covers, reason? }`: queued messages the withdrawal covers never leave. */
export function suppressMessages(context: WriteContext, { customer, covers, reason }: Suppress): { readonly suppressed: number } {
  const queued = context.records.list(messages, { where: { customer, state: 'queued' }, limit: 100_000 })
  const cut = queued.filter((message) => isCovered(message, covers))
  for (const { id } of cut) {
    context.records.update(messages, { id }, { state: 'suppressed', reason: reason ?? 'consent_withdrawn', settledAt: context.now })
    context.notify('messages', { message: id, customer, state: 'suppressed' })
  }
  return { suppressed: cut.length }
}

function isCovered({ customer, purpose, scene, session, channel }: MessageRow, covers: Suppress['covers']): boolean {
  if (covers === undefined) return true
  if (typeof covers !== 'function') return covers.some((cell) => cell.purpose === purpose && cell.scene === scene)
  return covers({ subject: customer, purpose, scene, session, effectKind: 'message', channel })
}

function verdict(outcome: NodeOutcome): {
  readonly state: MessageState
  readonly reason: string | null
  readonly providerRef: string | null
} {
  if (outcome.kind === 'output') {
    const data = outcome.data as { readonly delivery?: unknown; readonly providerRef?: unknown } | null
    const providerRef = typeof data?.providerRef === 'string' ? data.providerRef : null
    return { state: data?.delivery === 'sent' ? 'sent' : 'recorded', reason: null, providerRef }
  }
  if (outcome.kind !== 'failure') return { state: 'queued', reason: null, providerRef: null }
  const { code } = outcome.error
  // A failed try may be repeated: the next one queues the message again.
  return { state: isWithdrawn(code) ? 'suppressed' : isRefused(code) ? 'blocked' : 'failed', reason: code, providerRef: null }
}

/** Taken back before it left, by a withdrawal or with its run. */
function isWithdrawn(code: string): boolean {
  return code === 'SLU_EFFECT_CANCELLED'
}

/** A gate said no when it was about to leave. */
function isRefused(code: string): boolean {
  return code.startsWith('SLU_CONSENT') || code === 'SLU_GATE_FAILED'
}
