import type { Json } from '@sluice/flows'
import type { CommandOf, EachPlan, NodeError } from '../command.ts'
import type { TokenId } from '../ids.ts'
import { runLimits } from '../limits.ts'
import { payloadRefusal } from '../payload.ts'
import type { Each, Token } from '../run.ts'
import { itemScope } from '../scopes.ts'
import { worded } from '../words.ts'
import { failStep } from './failure.ts'
import { ready, waitLimit } from './node.ts'
import { type Progress, type Rejection, stateLimit } from './progress.ts'
import { cancelToken, release } from './release.ts'

/** A for-each says what to work through: at its start, or after an item, when it may add more or end early. */
export function decideEachPlan(progress: Progress, { token: id, attempt, plan }: CommandOf<'each.plan'>): Rejection | null {
  const token = ready(progress, id, attempt)
  if ('accepted' in token) return token
  const refusal = planRefusal(progress, token, plan)
  if (refusal !== null) {
    failStep(progress, token, refusal)
    return null
  }
  const each = progress.run.each?.[id]
  if (each === undefined) startEach(progress, token, plan)
  else reviewEach(progress, token, each, plan)
  return null
}

function planRefusal(progress: Progress, token: Token, { items, concurrency }: EachPlan): NodeError | null {
  const { eachItemsMax, eachConcurrencyMax } = runLimits
  const refused = (code: string, en: string, zh: string): NodeError => ({ ...worded(code, en, zh), terminal: true })
  if (progress.node(token.node).entry === undefined)
    return refused('SLU_OUTCOME_INVALID', 'only a for-each may work through items', '只有“逐项处理”步骤才能逐项处理列表')
  if (items.length > eachItemsMax)
    return refused(
      'SLU_EACH_ITEMS_LIMIT',
      `the list has ${items.length} items, at most ${eachItemsMax} are worked through; split it, or start a flow for each part`,
      `列表有 ${items.length} 项，最多处理 ${eachItemsMax} 项；请拆分列表，或为每一部分启动一个流程`,
    )
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > eachConcurrencyMax)
    return refused(
      'SLU_EACH_CONCURRENCY',
      `${concurrency} items at once are not possible; choose 1 to ${eachConcurrencyMax}`,
      `不能同时处理 ${concurrency} 项，请选择 1 到 ${eachConcurrencyMax}`,
    )
  const tooBig = payloadRefusal(items)
  return tooBig === null ? null : { ...tooBig, terminal: true }
}

function startEach(progress: Progress, token: Token, { items, concurrency, reviewed, collect }: EachPlan): void {
  const { at } = progress
  if (items.length === 0) {
    release(progress, token, 'answered')
    progress.complete(token, 'out', [], { items: 0 })
    return
  }
  if (stateLimit(progress, items)) return
  const limit = waitLimit(progress, token, 0)
  const entry = { kind: 'each.started', version: 1, at, node: token.node, token: token.id, items, concurrency, reviewed, collect } as const
  progress.emit(limit === null ? entry : { ...entry, limit })
  if (limit !== null) progress.setTimer(limit, token.id)
}

/** Items beyond those it knew are new; a list that became shorter takes none back. */
function reviewEach(progress: Progress, token: Token, each: Each, { items, stop, finish }: EachPlan): void {
  const added = items.slice(each.items.length)
  if (stateLimit(progress, added)) return
  progress.emit({ kind: 'each.reviewed', version: 1, at: progress.at, node: token.node, token: token.id, added, stop })
  if (!stop) return
  const standing = progress.run.tokens[token.id] ?? token
  release(progress, standing, 'answered')
  const why = { done: each.ended.length, of: each.items.length + added.length }
  if (!finish) cancelItems(progress, token.id, 'enough was done')
  progress.complete(standing, 'stopped', doneOf(each), why)
}

/** Starts items while there is room, asks the step again after an item, and goes on when all are done. True: something happened. */
export function turnEach(progress: Progress): boolean {
  for (const id of Object.keys(progress.run.each ?? {})) {
    const token = progress.run.tokens[id]
    if (token?.wait?.kind === 'each' && turn(progress, token)) return true
  }
  return false
}

function turn(progress: Progress, token: Token): boolean {
  const each = progress.run.each?.[token.id]
  if (each === undefined || progress.exceeded !== null) return false
  const done = each.ended.length
  if (done > 0 && done % checkedEvery === 0 && failedBySize(progress, token, each)) return true
  if (each.reviewed && done > each.asked) {
    const { id, node } = token
    const attempt = token.attempt + 1
    progress.emit({ kind: 'each.reviewing', version: 1, at: progress.at, node, token: id, attempt })
    progress.effects.push({ kind: 'node.run', token: id, node, attempt })
    return true
  }
  if (each.next < each.items.length) return each.active < each.concurrency && startItem(progress, token, each)
  if (each.active > 0) return false
  if (failedBySize(progress, token, each)) return true
  release(progress, token, 'answered')
  progress.complete(token, 'out', doneOf(each), { items: each.items.length })
  return true
}

/** Results are measured now and then, so that ten thousand of them are not measured ten thousand times. */
const checkedEvery = 64

function failedBySize(progress: Progress, token: Token, each: Each): boolean {
  const tooBig = payloadRefusal(doneOf(each))
  if (tooBig === null) return false
  cancelItems(progress, token.id, 'the results became too large')
  failStep(progress, token, { ...tooBig, terminal: true })
  return true
}

/** Paced: when the run has as many lines as it may, the next item waits for one of its own to end. */
function startItem(progress: Progress, token: Token, each: Each): boolean {
  const node = progress.node(token.node)
  if (node.entry === undefined) throw new Error(`SLU_FLOW_DRIFT: ${node.id} is no for-each`)
  if (each.active > 0 && Object.keys(progress.run.tokens).length >= runLimits.tokensMax) return false
  const item = each.items[each.next] ?? null
  const scope = `s${progress.run.next.scope}`
  const next = progress.spawnAt(node.entry, item, token.scope)
  if (next.length === 0) return false
  progress.emit({ kind: 'each.item-started', version: 1, at: progress.at, node: node.id, token: token.id, index: each.next, next, scope })
  progress.launch(next)
  return true
}

/** What is done, in the order of the items. */
function doneOf({ results, items }: Each): readonly Json[] {
  const list: Json[] = []
  for (let index = 0; index < items.length; index++) if (Object.hasOwn(results, index)) list.push(results[index] ?? null)
  return list
}

/** Ends all lines of all items of a for-each. */
export function cancelItems(progress: Progress, of: TokenId, reason: string): void {
  for (const token of Object.values(progress.run.tokens)) if (isItemOf(progress, token, of)) cancelToken(progress, token, reason)
}

function isItemOf(progress: Progress, token: Token, of: TokenId): boolean {
  for (let at = itemScope(progress.run, token.scope); at !== null; at = at.parent === null ? null : itemScope(progress.run, at.parent)) {
    if (at.item.of === of) return true
  }
  return false
}
