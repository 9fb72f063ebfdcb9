import type { Json } from '@sluice/flows'
import type { CompiledFlow } from './compiled.ts'
import type { NewToken } from './entry.ts'
import type { EpochMs, NodeId, ScopeId, TokenId } from './ids.ts'
import type { Each, Item, RunState, RunStatus, Scope, TimedRegion, Token } from './run.ts'
import { itemScope } from './scopes.ts'

type Writable<State> = { -readonly [Key in keyof State]: State[Key] }

export const rootScope: ScopeId = 's0'

const copiedTokensMax = 8

/**
 * A run while entries are folded into it. The records of the run it began with are copied when first changed and never
 * touched, so a draft costs one copy per stretch of entries and not one per entry.
 */
export class RunDraft {
  readonly flow: CompiledFlow
  readonly run: Writable<RunState>
  #tokensOwned: boolean
  #scopesOwned: boolean
  #outputsOwned: boolean

  constructor(flow: CompiledFlow, from: RunState | null) {
    this.flow = flow
    this.run = from === null ? unstarted(flow) : { ...from }
    this.#tokensOwned = this.#scopesOwned = this.#outputsOwned = from === null
  }

  /** Goes on with the state it gave last, which only its owner still holds. Outputs may be held by what was ordered, so they are copied. */
  reopen(): void {
    this.#outputsOwned = false
  }

  /** The finished state. The draft must not be used afterwards, unless it is reopened. */
  seal(): RunState {
    if (this.run.endedAt === null) this.run.status = statusOf(this.run)
    return this.run
  }

  #tokens(): Record<TokenId, Token> {
    if (!this.#tokensOwned) this.run.tokens = { ...this.run.tokens }
    this.#tokensOwned = true
    return this.run.tokens as Record<TokenId, Token>
  }

  #scopes(): Record<ScopeId, Scope> {
    if (!this.#scopesOwned) this.run.scopes = { ...this.run.scopes }
    this.#scopesOwned = true
    return this.run.scopes as Record<ScopeId, Scope>
  }

  /** Within an item of a for-each, outputs belong to the item. */
  setOutput(node: NodeId, data: Json, scope: ScopeId): void {
    const item = itemScope(this.run, scope)
    if (item !== null) {
      this.#scopes()[item.id] = { ...item, item: { ...item.item, outputs: { ...item.item.outputs, [node]: data } } }
      return
    }
    if (!this.#outputsOwned) this.run.outputs = { ...this.run.outputs }
    this.#outputsOwned = true
    ;(this.run.outputs as Record<NodeId, Json>)[node] = data
  }

  /** A line ended here: what it brought is the output so far, of its item too. */
  endLine(scope: ScopeId, data: Json): void {
    this.run.output = data
    const item = itemScope(this.run, scope)
    if (item !== null) this.setItem(item.id, { ...item.item, result: data })
  }

  setItem(scope: ScopeId, item: Item): void {
    const standing = this.run.scopes[scope]
    if (standing !== undefined) this.#scopes()[scope] = { ...standing, item }
  }

  setEach(token: TokenId, each: Each | null): void {
    const { [token]: _, ...others } = this.run.each ?? {}
    if (each !== null) this.run.each = { ...others, [token]: each }
    else if (Object.keys(others).length > 0) this.run.each = others
    else delete this.run.each
  }

  setRegion(key: string, region: TimedRegion | null): void {
    const { [key]: _, ...others } = this.run.regions ?? {}
    if (region !== null) this.run.regions = { ...others, [key]: region }
    else if (Object.keys(others).length > 0) this.run.regions = others
    else delete this.run.regions
  }

  token(id: TokenId): Token {
    const token = this.run.tokens[id]
    if (token === undefined) throw new Error(`SLU_JOURNAL_BROKEN: run ${this.run.id} has no token ${id}`)
    return token
  }

  setToken(token: Token): void {
    this.#tokens()[token.id] = token
  }

  addTokens(next: readonly NewToken[], from: NodeId, scope: ScopeId, input: Json, at: EpochMs): void {
    if (next.length === 0) return
    const tokens = this.#tokens()
    for (const { id, node, port, limit } of next) {
      tokens[id] = {
        id,
        node,
        port,
        from,
        scope,
        input,
        attempt: 1,
        state: 'ready',
        wait: null,
        error: null,
        since: at,
        limit: limit ?? null,
      }
    }
    this.#count(scope, next.length)
    const { token, scope: scopes, timer } = this.run.next
    this.run.next = { token: token + next.length, scope: scopes, timer }
    for (const { node, limit, round } of next) {
      if (limit != null) this.usedTimer()
      if (round !== undefined) this.#setRound(node, round, scope)
    }
  }

  /** Within an item of a for-each, rounds are counted for the item. */
  #setRound(node: NodeId, round: number, scope: ScopeId): void {
    const item = itemScope(this.run, scope)
    if (item === null) this.run.rounds = { ...this.run.rounds, [node]: round }
    else this.setItem(item.id, { ...item.item, rounds: { ...item.item.rounds, [node]: round } })
  }

  dropToken(id: TokenId): void {
    const { scope } = this.token(id)
    this.#removeToken(id)
    if (this.run.each?.[id] !== undefined) this.setEach(id, null)
    this.#count(scope, -1)
  }

  /** An object that something was deleted from is slow ever after; a run has few lines nearly always, and those are copied. */
  #removeToken(id: TokenId): void {
    const left: Record<TokenId, Token> = {}
    let count = 0
    for (const other in this.run.tokens) {
      const token = this.run.tokens[other]
      if (other === id || token === undefined) continue
      if (++count > copiedTokensMax) {
        delete this.#tokens()[id]
        return
      }
      left[other] = token
    }
    this.run.tokens = left
    this.#tokensOwned = true
  }

  openScope(id: ScopeId, parent: ScopeId, fork: NodeId | null): void {
    this.#scopes()[id] = { id, parent: id === rootScope ? null : parent, fork, closedBy: [], live: 0 }
    if (id === rootScope) return
    this.#count(parent, 1)
    this.run.next = { ...this.run.next, scope: this.run.next.scope + 1 }
  }

  closeScope(id: ScopeId, by: NodeId): void {
    const scope = this.run.scopes[id]
    if (scope !== undefined) this.#scopes()[id] = { ...scope, closedBy: [...scope.closedBy, by] }
  }

  usedTimer(): void {
    this.run.next = { ...this.run.next, timer: this.run.next.timer + 1 }
  }

  /** All lines of an item ended. When its for-each has gone on without it, nobody asks for its result. */
  #endItem({ of, index, result = null }: Item): void {
    const each = this.run.each?.[of]
    if (each === undefined) return
    const results = { ...each.results, [index]: result }
    this.setEach(of, { ...each, results, active: each.active - 1, ended: [...each.ended, index] })
  }

  /** The root stays; any other scope vanishes with its last token, and with it perhaps its parent. */
  #count(id: ScopeId, change: number): void {
    if (id === rootScope) return
    const scope = this.run.scopes[id]
    if (scope === undefined) throw new Error(`SLU_JOURNAL_BROKEN: run ${this.run.id} has no scope ${id}`)
    const live = (scope.live ?? 0) + change
    if (live > 0) this.#scopes()[id] = { ...scope, live }
    else {
      delete this.#scopes()[id]
      if (scope.item !== undefined) this.#endItem(scope.item)
      this.#count(scope.parent ?? rootScope, -1)
    }
  }
}

function unstarted(flow: CompiledFlow): RunState {
  return {
    id: '',
    flow: flow.key,
    version: flow.version,
    digest: flow.digest,
    status: 'running',
    startedAt: 0,
    endedAt: null,
    event: null,
    trigger: '',
    tokens: {},
    scopes: {},
    outputs: {},
    output: null,
    error: null,
    parent: null,
    next: { token: 1, scope: 1, timer: 1 },
    seq: 0,
    limit: null,
  }
}

/** Running while any token can move by itself; an incident outranks a wait, because a person must look. */
function statusOf(run: RunState): RunStatus {
  let status: RunStatus = 'waiting'
  for (const id in run.tokens) {
    const state = run.tokens[id]?.state
    if (state === 'ready') return 'running'
    if (state === 'incident') status = 'incident'
  }
  return status
}
