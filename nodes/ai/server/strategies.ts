import type { Json } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import type { Knowledge, Signal } from '../domain/facts.ts'
import { rulesLabel, type StrategyDraft, strategise } from '../domain/strategist.ts'
import { readKnowledge } from './knowledge.ts'
import { type Strategy, strategies } from './tables.ts'

/** Command `ai.supersede`: retires what is live, for instance in the transaction of a withdrawal. Gives how many. */
export function supersede(
  context: WriteContext,
  ask: { readonly customer: string; readonly cause: string },
): { readonly superseded: number } {
  const superseded = retire(context, ask.customer, ask.cause)
  if (superseded > 0) context.audit('ai.strategy-superseded', { customer: ask.customer, cause: ask.cause })
  return { superseded }
}

function retire(context: WriteContext, customer: string, by: string): number {
  return context.records.update(
    strategies,
    { customer, state: 'live' },
    { state: 'superseded', supersededAt: context.now, supersededBy: by },
  )
}

/** Command `ai.find-strategy`: the live strategy read at this epoch or later. */
export function findStrategy(
  context: WriteContext,
  ask: { readonly customer: string; readonly epoch: number },
): { readonly id: string; readonly at: number; readonly origin: string } | null {
  const [live] = context.records.list(strategies, { where: { customer: ask.customer, state: 'live', epoch: { gte: ask.epoch } }, limit: 1 })
  return live === undefined ? null : { id: live.id, at: live.at, origin: live.origin }
}

/** Command `ai.regenerate`: the rules write a new strategy at once from what is left. */
export function regenerate(
  context: WriteContext,
  ask: { readonly customer: string; readonly cause: string; readonly signal?: Signal },
): { readonly strategy: string } {
  const knowledge = readKnowledge(context.records, ask.customer)
  if (knowledge === null) throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${ask.customer}`)
  return { strategy: store(context, knowledge, strategise(knowledge, ask.signal ?? 'consent_withdrawn'), ask.cause).id }
}

/** Command `ai.forget`: takes every strategy of these customers away: the end of the demo. */
export function forget(context: WriteContext, { customers }: { readonly customers: readonly string[] }): void {
  for (const customer of customers) context.records.delete(strategies, { customer })
}

/** Keeps a draft as the one live strategy of its customer. */
export function store(
  context: WriteContext,
  knowledge: Pick<Knowledge, 'customer' | 'epoch'>,
  draft: StrategyDraft,
  cause: string,
): Strategy {
  const strategy: Strategy = {
    id: context.newId(),
    customer: knowledge.customer,
    state: 'live',
    draft,
    origin: draft.origin.kind === 'rules' ? 'rules' : draft.origin.model,
    epoch: knowledge.epoch,
    facts: [...new Set(draft.actions.flatMap((action) => action.factRefs))].sort(),
    cause,
    at: context.now,
    supersededAt: null,
    supersededBy: null,
  }
  retire(context, knowledge.customer, strategy.id)
  context.records.insert(strategies, strategy)
  context.notify('strategies', { customer: strategy.customer, strategy: strategy.id })
  return strategy
}

/** A strategy as flows and screens see it. */
export function strategyView(strategy: Strategy): { readonly [name: string]: Json } {
  return {
    id: strategy.id,
    customer: strategy.customer,
    state: strategy.state,
    ...(strategy.draft as unknown as { readonly [name: string]: Json }),
    originLabel: strategy.origin === 'rules' ? { ...rulesLabel } : strategy.origin,
    facts: [...strategy.facts],
    epoch: strategy.epoch,
    cause: strategy.cause,
    at: new Date(strategy.at).toISOString(),
    supersededAt: strategy.supersededAt === null ? null : new Date(strategy.supersededAt).toISOString(),
  }
}
