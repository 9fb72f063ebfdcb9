import type { Json } from '@sluice/flows'
import { applyTo } from '../apply.ts'
import type { CompiledEdge, CompiledFlow, CompiledNode } from '../compiled.ts'
import { type RunDraft, rootScope } from '../draft.ts'
import type { CoreEffect, Decision } from '../effect.ts'
import type { EntryOf, JournalEntry, NewToken } from '../entry.ts'
import type { EpochMs, NodeId, Port, ScopeId, TimerId, TokenId, UserId } from '../ids.ts'
import { runLimits } from '../limits.ts'
import { stateOverflows } from '../payload.ts'
import type { Deadline, RunError, RunState, Token } from '../run.ts'
import { depthOf } from '../scopes.ts'
import { inUndoLine } from '../undo.ts'
import { type Words, worded } from '../words.ts'
import { cancelItems } from './each.ts'
import { leaveLock } from './lock-left.ts'
import { countRounds } from './loop.ts'
import { winRace } from './race.ts'
import { leaveRegions } from './region.ts'

interface Completion {
  /** False: it did nothing, so there is nothing to undo. */
  readonly acted?: boolean
  /** Whose words its output may hold. */
  readonly authors?: readonly UserId[] | undefined
}

export type Rejection = Extract<Decision, { accepted: false }>

export function rejected(code: string, reason: string): Rejection {
  return { accepted: false, code, reason }
}

/** No drawn wire leads to the first step of an item. */
const noEdge = -1

/** Where lines meet or end; nothing is run there. */
export function isGate({ behaviour }: CompiledNode): boolean {
  return behaviour === 'join' || behaviour === 'region'
}

/** True, and the run fails when this is settled, if so much data would not fit into it. */
export function stateLimit(progress: Progress, data: Json): boolean {
  if (!stateOverflows(progress.run, data, 0)) return false
  progress.exceeded ??= exceeded('SLU_RUN_STATE_LIMIT', counted.bytes, runLimits.stateBytesMax)
  return true
}

const noWires: readonly CompiledEdge[] = []

/** Wires of a port; a port nobody wired ends the line. */
export function wiresOf(node: CompiledNode, port: Port): readonly CompiledEdge[] {
  return Object.hasOwn(node.out, port) ? (node.out[port] ?? noWires) : noWires
}

type Completed = { -readonly [Field in keyof EntryOf<'node.completed'>]: EntryOf<'node.completed'>[Field] }

/** Where tokens go that leave a port: the tokens to create and the scope they open when there are several. */
export interface Spawn {
  readonly next: readonly NewToken[]
  readonly scope: ScopeId | null
}

/** A decision in the making: every entry is folded at once, so later rules see what earlier ones decided. */
export class Progress {
  readonly flow: CompiledFlow
  readonly at: EpochMs
  readonly entries: JournalEntry[] = []
  readonly effects: CoreEffect[] = []
  /** Tokens that stand at a join and have not been counted in yet. */
  readonly arrivals: TokenId[] = []
  /** Tokens that came back to the head of a loop once too often. */
  readonly overruns: TokenId[] = []
  /** A bound of the run was hit; it fails when the rest is settled. */
  exceeded: RunError | null = null
  /** Called runs that are cancelled now undo what they did. */
  compensates = false
  readonly #draft: RunDraft

  constructor(draft: RunDraft, at: EpochMs) {
    this.flow = draft.flow
    this.at = at
    this.#draft = draft
  }

  get run(): RunState {
    return this.#draft.run
  }

  seal(): RunState {
    return this.#draft.seal()
  }

  emit(entry: JournalEntry): void {
    applyTo(this.#draft, entry)
    this.entries.push(entry)
  }

  node(id: NodeId): CompiledNode {
    const node = Object.hasOwn(this.flow.nodes, id) ? this.flow.nodes[id] : undefined
    if (node === undefined) throw new Error(`SLU_FLOW_DRIFT: flow ${this.flow.key}@${this.flow.version} has no node ${id}`)
    return node
  }

  /** Names a timer. The entry that records it moves the counter, so `offset` counts timers of the same entry. */
  timer(dueAt: EpochMs, offset = 0): Deadline {
    return { timerId: `m${this.run.next.timer + offset}`, dueAt }
  }

  setTimer(deadline: Deadline, token: TokenId | null): void {
    this.effects.push({ kind: 'timer.set', timerId: deadline.timerId, token, dueAt: deadline.dueAt })
  }

  clearTimer(timerId: TimerId | null | undefined): void {
    if (timerId != null) this.effects.push({ kind: 'timer.clear', timerId })
  }

  /** Names the tokens that leave a port with this data. `leaving` tokens end in the same entry. */
  spawn(from: CompiledNode, port: Port, data: Json, scope: ScopeId, leaving: number, timersBefore = 0): Spawn {
    const wires = wiresOf(from, port)
    if (stateOverflows(this.run, data, wires.length))
      this.exceeded ??= exceeded('SLU_RUN_STATE_LIMIT', counted.bytes, runLimits.stateBytesMax)
    if (wires.length === 0) return { next: [], scope: null }
    this.exceeded ??= this.#bound(wires.length, leaving, scope)
    if (this.exceeded !== null) return { next: [], scope: null }
    let timers = timersBefore
    let comesBack = false
    let next = wires.map(({ node, port, edge, back }, index): NewToken => {
      if (back === true) comesBack = true
      const id = `t${this.run.next.token + index}`
      const limit = this.attemptLimit(this.node(node), timers)
      if (limit === null) return { id, node, port, edge }
      timers++
      return { id, node, port, edge, limit }
    })
    if (comesBack) next = countRounds(this.run, scope, wires, next)
    return { next, scope: wires.length > 1 ? `s${this.run.next.scope}` : null }
  }

  /** Names the tokens with which a step is undone. Room is kept for them beyond what the run may hold. */
  spawnUndo(step: CompiledNode): readonly NewToken[] {
    const wires = wiresOf(step, 'undo')
    this.exceeded ??= this.#bound(wires.length, 0, rootScope)
    if (this.exceeded !== null) return []
    return wires.map(({ node, port, edge }, index): NewToken => {
      const limit = this.attemptLimit(this.node(node), index)
      return { id: `t${this.run.next.token + index}`, node, port, edge, ...(limit === null ? {} : { limit }) }
    })
  }

  /** Names the token with which an item of a for-each begins. */
  spawnAt(entry: NodeId, data: Json, scope: ScopeId): readonly NewToken[] {
    if (stateOverflows(this.run, data, 1)) this.exceeded ??= exceeded('SLU_RUN_STATE_LIMIT', counted.bytes, runLimits.stateBytesMax)
    this.exceeded ??= this.#bound(1, 0, scope)
    if (this.exceeded !== null) return []
    const token = { id: `t${this.run.next.token}`, node: entry, port: 'in', edge: noEdge }
    const limit = this.attemptLimit(this.node(entry))
    return [limit === null ? token : { ...token, limit }]
  }

  /** Outside effects are limited from their start; inside steps take no time until they wait. */
  attemptLimit(node: CompiledNode, offset = 0): Deadline | null {
    if (node.timeoutMs === null || node.behaviour !== 'action') return null
    if (node.effect !== 'idempotent' && node.effect !== 'unsafe') return null
    return this.timer(this.at + node.timeoutMs, offset)
  }

  /** What follows from new tokens, after the entry that created them. */
  launch(next: readonly NewToken[]): void {
    for (const { id, node, limit, round } of next) {
      if (round !== undefined && round > (this.node(node).loopLimit ?? round)) {
        this.overruns.push(id)
        continue
      }
      if (isGate(this.node(node))) {
        this.arrivals.push(id)
        continue
      }
      this.effects.push({ kind: 'node.run', token: id, node, attempt: 1 })
      if (limit != null) this.setTimer(limit, id)
    }
  }

  /** The token leaves by a port: the one way in which a step ends well. */
  complete(
    token: Token,
    port: Port,
    data: Json,
    why: { readonly [key: string]: Json } | null,
    { acted = true, authors }: Completion = {},
  ): void {
    winRace(this, token)
    if (this.run.each?.[token.id] !== undefined && port !== 'stopped') cancelItems(this, token.id, `${token.node} went on without them`)
    const node = this.node(token.node)
    if (node.behaviour === 'unlock' && leaveLock(this, token, port, data)) return
    const undoes = inUndoLine(this.run, token.scope)
    const undoable = acted && port !== 'error' && !undoes && wiresOf(node, 'undo').length > 0
    if (undoable) this.exceeded ??= this.#undoBound()
    const { next, scope } = this.spawn(node, port, data, token.scope, 1)
    const completed: Completed = {
      kind: 'node.completed',
      version: 1,
      at: this.at,
      node: token.node,
      token: token.id,
      port,
      data,
      why,
      next,
      scope,
    }
    if (undoable) completed.undoable = true
    if (authors !== undefined) completed.authors = authors
    this.emit(completed)
    this.launch(next)
    if (!undoes) leaveRegions(this, token.node, token.scope, next)
  }

  #undoBound(): RunError | null {
    if ((this.run.done?.length ?? 0) < runLimits.undoableMax) return null
    return exceeded('SLU_RUN_UNDO_LIMIT', counted.undo, runLimits.undoableMax)
  }

  #bound(wires: number, leaving: number, scope: ScopeId): RunError | null {
    const { run } = this
    const stepsMax = runLimits.stepsMax + (run.undoing === undefined ? 0 : runLimits.undoStepsMax)
    if (run.next.token - 1 + wires > stepsMax) return exceeded('SLU_RUN_STEPS_LIMIT', counted.steps, runLimits.stepsMax)
    if (wires === 1) return null
    let alive = -leaving
    for (const _ in run.tokens) alive++
    if (alive + wires > runLimits.tokensMax) return exceeded('SLU_RUN_TOKENS_LIMIT', counted.lines, runLimits.tokensMax)
    if (depthOf(run, scope) > runLimits.scopeDepthMax) return exceeded('SLU_RUN_SCOPES_LIMIT', counted.forks, runLimits.scopeDepthMax)
    return null
  }
}

/** What a run may hold so many of. */
export const counted = {
  undo: { en: 'completed steps to undo', 'zh-CN': '个可撤销的已完成步骤' },
  steps: { en: 'steps', 'zh-CN': '个步骤' },
  lines: { en: 'lines at once', 'zh-CN': '条同时进行的分支' },
  forks: { en: 'open forks', 'zh-CN': '层未合并的分叉' },
  bytes: { en: 'bytes of data', 'zh-CN': '字节数据' },
} as const satisfies { readonly [name: string]: Words }

export function exceeded(code: string, what: Words, limit: number): RunError {
  const said = worded(
    code,
    `the run reached its limit of ${limit} ${what.en}; look for a loop or a fork that never closes, or hand on less`,
    `运行已达到 ${limit} ${what['zh-CN']}的上限；请检查是否有循环或分叉一直没有结束，或减少传递的数据`,
  )
  return { ...said, node: null }
}
