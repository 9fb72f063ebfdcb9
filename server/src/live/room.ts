import { type FlowDefinition, readFlow, writeFlow } from '@sluice/flows'
import { diffDocuments, type FlowDocument, fromFile, mergePatches, type Patch, toFile } from '@sluice/flows/document'
import { SluiceProblem } from '@sluice/sdk/server'
import type { DraftRow } from '../commands/tables.ts'
import { etagOf } from '../flows/etag.ts'
import { detailsOf } from '../flows/say-problems.ts'
import { refuse } from '../http/errors/refusal.ts'
import { problemDocument } from '../http/problem-document.ts'
import { closeCodes, liveLimits } from './limits.ts'
import type { ChangeMessage, Here } from './messages.ts'
import type { Peer } from './peer.ts'

export interface RoomPorts {
  /** The stored draft; null once the flow is gone. */
  readonly read: () => DraftRow | null
  /** Stores the draft over the version with this ETag; rejects with SLU_PRECONDITION_FAILED when another one is stored. */
  readonly save: (file: string, etag: string, over: string, by: Peer) => Promise<void>
  /** Counts the problems of the stored draft anew. */
  readonly recount: (flow: FlowDefinition, etag: string) => Promise<void>
  readonly nameOf: (id: string) => string
  readonly onEmpty: () => void
  readonly onTrouble: (error: unknown) => void
}

interface Waiting {
  readonly peer: Peer
  readonly change: ChangeMessage
}

interface Taken extends Waiting {
  readonly seq: number
  readonly patches: readonly Patch[]
}

interface Merged {
  readonly doc: FlowDocument
  readonly taken: readonly Taken[]
  readonly refused: readonly (readonly [Waiting, SluiceProblem])[]
}

/**
 * One flow that people have open. All changes pass through here in one order; a change is confirmed and told to others only after it
 * is stored. States of the queue: `idle` → (a change, or a draft stored by somebody else) `working` → `idle`. One commit at a time;
 * what arrives meanwhile is taken together into the next.
 */
export class Room {
  readonly key: string
  readonly peers = new Set<Peer>()
  readonly #ports: RoomPorts
  #doc: FlowDocument
  #etag: string
  #by: string
  #seq = 1
  /** On its way into the store: the notice of our own commit may come before its answer. */
  #committing: string | null = null
  #queue: Waiting[] = []
  #isWorking = false
  #isStale = false
  #moved = new Set<Peer>()
  #moveTimer: NodeJS.Timeout | null = null
  #recountTimer: NodeJS.Timeout | null = null

  constructor(key: string, draft: DraftRow, ports: RoomPorts) {
    this.key = key
    this.#ports = ports
    this.#doc = fromFile(JSON.parse(draft.file) as FlowDefinition)
    this.#etag = draft.etag
    this.#by = draft.updatedBy
  }

  enter(peer: Peer): void {
    peer.person = this.#personOf(peer)
    this.peers.add(peer)
    this.#tell({ kind: 'people', people: this.#people() }, peer)
    const state = { seq: this.#seq, etag: `"${this.#etag}"`, file: toFile(this.#doc), by: this.#ports.nameOf(this.#by) }
    peer.send(JSON.stringify({ kind: 'state', ...state, you: peer.id, mayWrite: peer.caller.may('flows.write'), people: this.#people() }))
  }

  leave(peer: Peer): void {
    if (!this.peers.delete(peer)) return
    this.#moved.delete(peer)
    this.#queue = this.#queue.filter((each) => each.peer !== peer)
    if (this.peers.size > 0) this.#tell({ kind: 'people', people: this.#people() })
    else if (!this.#isWorking) this.#ports.onEmpty()
  }

  /** Somebody moved or selected something: told to the others, a few times a second for all together. */
  move(peer: Peer, here: Here): void {
    peer.here = here
    this.#moved.add(peer)
    this.#moveTimer ??= setTimeout(() => {
      this.#moveTimer = null
      const moved = [...this.#moved].map((each) => ({ ...each.here, id: each.id }))
      this.#moved.clear()
      this.#tell({ kind: 'here', people: moved })
    }, liveLimits.hereMs)
  }

  change(peer: Peer, change: ChangeMessage): void {
    if (this.#queue.length >= liveLimits.queueMax) {
      peer.close(closeCodes.rate, 'SLU_LIVE_RATE')
      return
    }
    this.#queue.push({ peer, change })
    void this.#work()
  }

  /** The draft was stored, by us or by somebody else; `etag` null: by whom is not known. */
  stored(etag: string | null): void {
    if (etag === this.#etag || (etag !== null && etag === this.#committing)) return
    this.#isStale = true
    void this.#work()
  }

  tell(message: object): void {
    this.#tell(message)
  }

  close(code: number): void {
    this.#queue = []
    for (const timer of [this.#moveTimer, this.#recountTimer]) if (timer !== null) clearTimeout(timer)
    for (const peer of [...this.peers]) peer.close(code)
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    try {
      while (this.#queue.length > 0 || this.#isStale) {
        if (this.#isStale && !this.#takeStored()) return
        await this.#takeTogether(this.#queue.splice(0, liveLimits.batchMax))
      }
    } catch (error) {
      this.#ports.onTrouble(error)
      // Nothing was confirmed that is not stored: whoever is here comes anew and reads what is.
      this.close(closeCodes.again)
    } finally {
      this.#isWorking = false
      if (this.peers.size === 0) this.#ports.onEmpty()
    }
  }

  /** Takes over what somebody stored past this room (another program, an upgrade of the template). False once the flow is gone. */
  #takeStored(): boolean {
    this.#isStale = false
    const draft = this.#ports.read()
    if (draft === null) {
      this.close(closeCodes.gone)
      return false
    }
    if (draft.etag === this.#etag) return true
    const next = fromFile(JSON.parse(draft.file) as FlowDefinition)
    const patches = diffDocuments(this.#doc, next)
    const base = this.#seq
    this.#seq += 1
    this.#doc = next
    this.#etag = draft.etag
    this.#by = draft.updatedBy
    const by = this.#ports.nameOf(draft.updatedBy)
    this.#tell({ kind: 'change', seq: this.#seq, base, by, etag: `"${this.#etag}"`, patches, over: [] })
    return true
  }

  async #takeTogether(waiting: readonly Waiting[]): Promise<void> {
    // All are read as a file at once; only when that fails each is, to find the one that may not stand.
    const together = this.#mergeAll(waiting, false)
    const { doc, taken, refused } = readFlow(toFile(together.doc)).ok ? together : this.#mergeAll(waiting, true)
    for (const [each, problem] of refused) this.#refuse(each, problem)
    const last = taken.at(-1)
    if (last === undefined) return
    const file = writeFlow(toFile(doc))
    const etag = etagOf(file)
    if (etag !== this.#etag && !(await this.#store(file, etag, this.#etag, last.peer))) {
      // Somebody stored another draft meanwhile: it comes first, then the same changes once more.
      this.#queue.unshift(...taken)
      this.#isStale = true
      return
    }
    this.#doc = doc
    this.#seq = last.seq
    this.#by = last.peer.caller.actor.id
    for (const each of taken) this.#confirm(each)
    this.#recountLater()
  }

  #mergeAll(waiting: readonly Waiting[], readsEach: boolean): Merged {
    let doc = this.#doc
    let seq = this.#seq
    const taken: Taken[] = []
    const refused: (readonly [Waiting, SluiceProblem])[] = []
    for (const each of waiting) {
      const refusal = this.#refusalOf(each, doc)
      const merged = mergePatches(doc, refusal === null ? each.change.patches : [])
      const problem = refusal ?? (readsEach ? problemOf(merged.doc, each.peer) : null)
      if (problem !== null) {
        refused.push([each, problem])
        continue
      }
      doc = merged.doc
      seq += 1
      taken.push({ ...each, seq, patches: merged.patches })
    }
    return { doc, taken, refused }
  }

  async #store(file: string, etag: string, over: string, by: Peer): Promise<boolean> {
    this.#committing = etag
    try {
      await this.#ports.save(file, etag, over, by)
      this.#etag = etag
      return true
    } catch (error) {
      if (error instanceof SluiceProblem && error.code === 'SLU_PRECONDITION_FAILED') return false
      throw error
    } finally {
      this.#committing = null
    }
  }

  #refusalOf({ peer, change }: Waiting, doc: FlowDocument): SluiceProblem | null {
    if (!peer.mayStillWrite()) return refuse('SLU_PERMISSION_DENIED', { values: { permission: 'flows.write' } })
    if (change.base > this.#seq) return refuse('SLU_LIVE_MESSAGE')
    const removed = new Set(change.patches.flatMap((patch) => (patch.op === 'remove' ? [`${patch.in} ${patch.id}`] : [])))
    const taken = change.patches.find(
      (patch) =>
        patch.op === 'insert' && patch.in !== 'edges' && doc[patch.in].has(patch.value.id) && !removed.has(`${patch.in} ${patch.value.id}`),
    )
    return taken === undefined ? null : refuse('SLU_LIVE_TAKEN')
  }

  #refuse({ peer, change }: Waiting, problem: SluiceProblem): void {
    const { code, title, detail, hint, errors } = problemDocument(problem, peer.language, `/api/v1/flows/${this.key}/live`)
    peer.send(JSON.stringify({ kind: 'refused', id: change.id, code, title, detail, hint, errors: errors.slice(0, 20) }))
  }

  #confirm({ peer, change, seq, patches }: Taken): void {
    const etag = `"${this.#etag}"`
    const isWhole = patches.length === change.patches.length && patches.every((patch, index) => patch === change.patches[index])
    peer.send(JSON.stringify({ kind: 'accepted', id: change.id, seq, etag, patches: isWhole ? null : patches }))
    const by = peer.caller.name
    this.#tell({ kind: 'change', seq, base: change.base, by, etag, patches, over: change.over }, peer)
  }

  #recountLater(): void {
    if (this.#recountTimer !== null) clearTimeout(this.#recountTimer)
    this.#recountTimer = setTimeout(() => {
      this.#recountTimer = null
      this.#ports.recount(toFile(this.#doc), this.#etag).catch(this.#ports.onTrouble)
    }, liveLimits.recountMs)
    this.#recountTimer.unref()
  }

  #people(): readonly object[] {
    return [...this.peers].map((peer) => peer.view)
  }

  #personOf({ owner }: Peer): number {
    const known = [...this.peers].find((peer) => peer.owner === owner)
    if (known !== undefined) return known.person
    const taken = new Set([...this.peers].map((peer) => peer.person))
    let free = 0
    while (taken.has(free)) free += 1
    return free
  }

  #tell(message: object, except: Peer | null = null): void {
    const text = JSON.stringify(message)
    for (const peer of this.peers) if (peer !== except) peer.send(text)
  }
}

/** What keeps a document from being a flow file; null when nothing does. */
function problemOf(doc: FlowDocument, { language }: Peer): SluiceProblem | null {
  const read = readFlow(toFile(doc))
  return read.ok ? null : refuse('SLU_FLOW_INVALID', { details: detailsOf(read.problems, language) })
}
