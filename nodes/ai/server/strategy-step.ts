import type { JsonObject } from '@sluice/sdk'
import { act, failure, leave, type NodeOutcome, output, type StepContext, words } from '@sluice/sdk'
import type { OutsideAct, OutsideHost, PersonPermit, WriteContext } from '@sluice/sdk/server'
import type { Static } from 'typebox'
import { disguise } from '../domain/disguise.ts'
import { isSignal, type Knowledge, type Signal } from '../domain/facts.ts'
import { messagesFor, readAnswer } from '../domain/model-answer.ts'
import { rulesLabel, type StrategyDraft, strategise } from '../domain/strategist.ts'
import type { StrategyConfig } from '../nodes/strategy.ts'
import { complete } from './complete.ts'
import { knownOf, readKnowledge, stillHolds } from './knowledge.ts'
import { connectedModel } from './model.ts'
import { store, strategyView } from './strategies.ts'

/** What the outside half needs; nothing in it is beyond the grants that held when it was written. */
interface StrategyRequest {
  readonly knowledge: Knowledge
  readonly signal: Signal
  readonly prompt: string
  readonly run: string
}

/** Reads what is allowed. The rules answer in this same transaction; a model is asked only through the gates. */
export function planStrategy(context: StepContext<Static<typeof StrategyConfig>>): NodeOutcome {
  const customer = context.config.customer ?? context.run.subject
  if (customer === null || customer === '')
    return failure('SLU_AI_CUSTOMER_MISSING', words('This run is about no customer.', '此运行没有对应的客户。'))
  const knowledge = readKnowledge(context.records, customer)
  if (knowledge === null) return failure('SLU_CUSTOMER_UNKNOWN', words(`No customer ${customer}`, `没有客户 ${customer}`))
  const [scene] = knowledge.scenes
  const signal = context.config.signal ?? signalOf(context)
  if (scene === undefined && signal !== 'consent_withdrawn')
    return leave(
      'denied',
      { customer, reason: 'no_grant' },
      { rule: 'consent', reason: 'no_grant', purpose: 'recommendation', epoch: knowledge.epoch },
    )
  const recipient = connectedModel()
  if (recipient === null || scene === undefined) return keep(context, knowledge, strategise(knowledge, signal), context.run.id)
  const request: StrategyRequest = { knowledge, signal, prompt: context.config.prompt ?? '', run: context.run.id }
  return act(
    request as unknown as JsonObject,
    {
      subject: customer,
      purpose: 'recommendation',
      scene,
      session: null,
      effectKind: 'ai_prompt',
      recipient,
      alsoScenes: knowledge.scenes.slice(1),
    },
    { refusedPort: 'denied', onResult: 'ai.strategy-answered' },
  )
}

/** The occasion, read from what started the run. */
function signalOf(context: StepContext<Static<typeof StrategyConfig>>): Signal {
  const data = context.event?.data
  const said = typeof data === 'object' && data !== null && 'signal' in data ? data.signal : undefined
  if (isSignal(said)) return said
  return context.event?.type === 'sluice.consent.changed' ? 'consent_withdrawn' : 'stalled'
}

function keep(context: WriteContext, knowledge: Knowledge, draft: StrategyDraft, cause: string): NodeOutcome {
  const kept = store(context, knowledge, draft, cause)
  const label = draft.origin.kind === 'rules' ? rulesLabel.en : draft.origin.model
  return output(strategyView(kept), {
    origin: label,
    plays: draft.actions.map((action) => action.type),
    facts: [...kept.facts],
    scenes: [...knowledge.scenes],
    withheld: [...knowledge.withheld],
    epoch: knowledge.epoch,
  })
}

/** Asks the model, once more with its faults named, and falls back to the rules, which say so. Never fails for the model's sake. */
export async function askForStrategy(order: OutsideAct<PersonPermit<'ai_prompt'>>, host: OutsideHost): Promise<NodeOutcome> {
  const request = order.request as unknown as StrategyRequest
  const { knowledge, signal } = request
  const hidden = disguise(knownOf(host.records, knowledge.customer))
  const messages = messagesFor(knowledge, signal, request.prompt, hidden.hide)
  const first = await complete(host, order.permit, order.idempotencyKey, messages)
  if (first.kind === 'failed') return drafted(strategise(knowledge, signal), first.reason)
  const read = readAnswer(hidden.restore(first.text), knowledge)
  if ('draft' in read) return drafted({ ...read.draft, origin: { kind: 'model', model: first.model, prompt: request.prompt } }, null)
  const again = await complete(host, order.permit, `${order.idempotencyKey}:repair`, [
    ...messages,
    { role: 'assistant', content: first.text },
    { role: 'user', content: `Your answer has faults: ${read.faults.join('; ')}. Answer again with the corrected JSON object only.` },
  ])
  const repaired = again.kind === 'answered' ? readAnswer(hidden.restore(again.text), knowledge) : null
  if (again.kind === 'answered' && repaired !== null && 'draft' in repaired)
    return drafted({ ...repaired.draft, origin: { kind: 'model', model: again.model, prompt: request.prompt } }, null)
  return drafted(strategise(knowledge, signal), 'SLU_AI_ANSWER_INVALID')
}

function drafted(draft: StrategyDraft, fellBack: string | null): NodeOutcome {
  return output({ draft: draft as unknown as JsonObject, fellBack })
}

/**
 * Command `ai.strategy-answered`: the third check, in the transaction that would store the answer. What rests on a grant that
 * has ended meanwhile is destroyed.
 */
export function takeStrategyAnswer(
  context: WriteContext,
  answer: { readonly request: JsonObject; readonly outcome: NodeOutcome },
): NodeOutcome | null {
  const { outcome } = answer
  if (outcome.kind !== 'output' || outcome.port !== 'out') return null
  const { knowledge, run } = answer.request as unknown as StrategyRequest
  const { draft } = outcome.data as unknown as { readonly draft: StrategyDraft }
  if (!stillHolds(context.records, { customer: knowledge.customer, facts: Object.keys(knowledge.facts), scenes: knowledge.scenes })) {
    context.audit('ai.answer-destroyed', { customer: knowledge.customer, run })
    return leave(
      'denied',
      { customer: knowledge.customer, reason: 'withdrawn' },
      { rule: 'consent', reason: 'withdrawn', epoch: knowledge.epoch },
    )
  }
  return keep(context, knowledge, draft, run)
}
