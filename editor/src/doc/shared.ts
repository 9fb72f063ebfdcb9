import { covers, diffDocuments, mergePatches, type Place, placeOf, placeText, sameJson } from '@sluice/flows/document'
import { besides } from './besides.ts'
import type { FlowStore } from './flow-store.ts'
import type { FlowDocument, Items, Wire } from './model.ts'
import { absent, getIn, type Patch, setIn } from './patch.ts'
import { withItemsOf } from './same-items.ts'
import { takeApart } from './take-apart.ts'

/**
 * One document that several people edit. The server puts all changes in one order; everybody applies them in that order.
 *
 * `confirmed` (what the server has) + `sent` (on its way, one batch at a time) + what was done since = what is on the screen.
 * A change of somebody else goes into `confirmed`, and the rest is laid on top again: the later one wins at each property, a removed
 * step beats edits. Whatever is lost that way, here or there, is told as a `Loss` and can be put back.
 */
export interface SharedPorts {
  /** Sends a batch; the answer comes as `accepted` or `refused`. */
  readonly send: (batch: Batch) => void
  readonly now: () => number
  readonly tell: (loss: Loss) => void
}

export interface Batch {
  readonly id: number
  /** The last change of the server this one knew of. */
  readonly base: number
  readonly patches: readonly Patch[]
  /** Places where it knowingly stands over what somebody else wrote meanwhile. */
  readonly over: readonly Place[]
}

export interface Theirs {
  readonly seq: number
  readonly base: number
  readonly by: string
  readonly patches: readonly Patch[]
  readonly over: readonly Place[]
}

/** Something that somebody wrote and that is not in the flow any more. */
export type Loss =
  /** Mine went under theirs. */
  | { readonly kind: 'overwritten'; readonly by: string; readonly place: Place; readonly mine: unknown; readonly theirs: unknown }
  /** Theirs went under mine while I was away. */
  | { readonly kind: 'covered'; readonly by: string; readonly place: Place; readonly mine: unknown; readonly theirs: unknown }
  /** What I had changed was removed. */
  | { readonly kind: 'removed'; readonly by: string; readonly item: Removed; readonly wires: readonly Wire[] }

export type Removed = { [Key in 'nodes' | 'groups' | 'notes']: { readonly in: Key; readonly value: Items[Key] } }[
  | 'nodes'
  | 'groups'
  | 'notes']

const sharedLimits = { writesMax: 2_000, freshMsMax: 60_000, overMax: 1_000 } as const

interface Write {
  readonly place: Place
  readonly value: unknown
  readonly seq: number
  readonly at: number
}

export class SharedDocument {
  readonly #flow: FlowStore
  readonly #ports: SharedPorts
  #confirmed: FlowDocument
  #seq = 0
  #compared: { readonly from: FlowDocument; readonly to: FlowDocument; readonly patches: readonly Patch[] } | null = null
  #sent: { readonly batch: Batch; readonly doc: FlowDocument } | null = null
  #count = 0
  /** By their text, so that each is said once. */
  #over = new Map<string, Place>()
  #writes = new Map<string, Write>()

  constructor(flow: FlowStore, confirmed: FlowDocument, ports: SharedPorts) {
    this.#flow = flow
    this.#confirmed = withItemsOf(confirmed, flow.getState().doc)
    this.#ports = ports
  }

  get confirmed(): FlowDocument {
    return this.#confirmed
  }

  get seq(): number {
    return this.#seq
  }

  get isSending(): boolean {
    return this.#sent !== null
  }

  /** What the server does not have yet; compared once for each state of the two, as sending, saying and the journal all ask. */
  pending(): readonly Patch[] {
    const { doc } = this.#flow.getState()
    if (this.#compared?.from !== this.#confirmed || this.#compared.to !== doc)
      this.#compared = { from: this.#confirmed, to: doc, patches: diffDocuments(this.#confirmed, doc) }
    return this.#compared.patches
  }

  /** Sends what is new; false when there is nothing, or a batch is still on its way. */
  send(): boolean {
    if (this.#sent !== null) return false
    const patches = this.pending()
    if (patches.length === 0) return false
    this.#count += 1
    const batch = { id: this.#count, base: this.#seq, patches, over: [...this.#over.values()] }
    this.#over = new Map()
    this.#sent = { batch, doc: mergePatches(this.#confirmed, patches).doc }
    this.#ports.send(batch)
    return true
  }

  /** The server took the batch; `patches` says what became of it, null that all of it stands as it was sent. */
  accepted(id: number, seq: number, patches: readonly Patch[] | null): void {
    const sent = this.#sent
    if (sent === null || sent.batch.id !== id) return
    const screen = this.#flow.getState().doc
    this.#seq = seq
    this.#sent = null
    for (const patch of sent.batch.patches) this.#remember(patch, seq)
    if (patches === null) {
      this.#confirmed = sent.doc
      return
    }
    const since = diffDocuments(sent.doc, screen)
    this.#confirmed = mergePatches(this.#confirmed, patches).doc
    this.#show(mergePatches(this.#confirmed, since).doc, [])
  }

  /** The batch changed nothing at the server; what was done stays on the screen and is sent with the next change. */
  refused(id: number): void {
    if (this.#sent?.batch.id === id) this.#takeBack()
  }

  #standOver(places: readonly Place[]): void {
    for (const place of places) if (this.#over.size < sharedLimits.overMax) this.#over.set(placeText(place), place)
  }

  /** What was on its way counts as not sent; what it knew to stand over is said again. */
  #takeBack(): void {
    this.#standOver(this.#sent?.batch.over ?? [])
    this.#sent = null
  }

  /** Takes back everything the server does not have. */
  rollBack(): void {
    this.#sent = null
    this.#show(this.#confirmed, diffDocuments(this.#flow.getState().doc, this.#confirmed))
  }

  /** Somebody else's change, in the order of the server. */
  received(theirs: Theirs): void {
    const mine = this.pending()
    this.#tell(theirs, mine, false)
    this.#seq = theirs.seq
    this.#layOn(mergePatches(this.#confirmed, theirs.patches).doc, theirs.patches, mine, () => false)
  }

  /** After an interruption: the server's draft as it stands now. What was done meanwhile goes on top, and both sides hear of what met. */
  rejoined(server: FlowDocument, seq: number, by: string): void {
    const screen = this.#flow.getState().doc
    const draft = withItemsOf(server, screen)
    const arrived = new Map(
      (this.#sent?.batch.patches ?? []).flatMap((patch) =>
        patch.op === 'insert' && patch.in === 'nodes' ? [[patch.value.id, patch.value] as const] : [],
      ),
    )
    const arrivedValues = new Map(
      (this.#sent?.batch.patches ?? []).map((patch) => [placeText(placeOf(patch)), 'value' in patch ? patch.value : undefined]),
    )
    this.#takeBack()
    const mine = diffDocuments(this.#confirmed, screen)
    const theirs = diffDocuments(this.#confirmed, draft)
    const strange = theirs.filter((patch) => patch.op !== 'set' || !sameJson(arrivedValues.get(placeText(placeOf(patch))), patch.value))
    // A batch may have reached the server although its answer never came: its own steps are no strangers.
    const isMine = (patch: Patch) => {
      if (patch.op !== 'insert') return false
      const there = draft[patch.in].get(patch.value.id)
      if (sameJson(there, patch.value)) return true
      const was = arrived.get(patch.value.id)
      return (
        patch.in === 'nodes' &&
        was !== undefined &&
        sameJson(draft.nodes.get(was.id)?.at, was.at) &&
        draft.nodes.get(was.id)?.type === was.type
      )
    }
    for (const patch of mine) if ('value' in patch && sameJson(valueAt(draft, placeOf(patch)), patch.value)) this.#remember(patch, seq)
    // Whatever happened to what I wrote, I have not seen it.
    const news = { seq, base: -1, by, patches: strange, over: [] }
    this.#tell(news, mine, true)
    this.#seq = seq
    this.#layOn(draft, theirs, mine, isMine)
  }

  /** Undo keeps out of what they wrote. */
  #show(doc: FlowDocument, theirs: readonly Patch[]): void {
    this.#flow.receive(doc, besides(this.#flow.getState().history, theirs))
  }

  #layOn(confirmed: FlowDocument, theirs: readonly Patch[], mine: readonly Patch[], isMine: (patch: Patch) => boolean): void {
    if (mine.length === 0 && theirs.length === 0) {
      this.#confirmed = confirmed
      return
    }
    const named = takeApart(mine, confirmed, isMine)
    const ready = named.filter((patch) => !isMine(patch)).concat(named.flatMap((patch) => (isMine(patch) ? asEdits(patch, confirmed) : [])))
    const met = mine.map(placeOf).filter((place) => theirs.some((patch) => covers(place, placeOf(patch)) || covers(placeOf(patch), place)))
    this.#standOver(met)
    this.#confirmed = confirmed
    if (this.#sent !== null)
      this.#sent = { batch: this.#sent.batch, doc: mergePatches(confirmed, takeApart(this.#sent.batch.patches, confirmed)).doc }
    this.#show(mergePatches(confirmed, ready).doc, theirs)
  }

  /** A step that was removed while some of what I did to it was there and some on its way is told of once, with all of it. */
  #tell(theirs: Theirs, mine: readonly Patch[], away: boolean): void {
    const removed = new Set<string>()
    for (const loss of [...this.#lostBefore(theirs), ...this.#lostWaiting(theirs, mine, away)]) {
      const id = loss.kind === 'removed' ? loss.item.value.id : ''
      if (!removed.has(id)) this.#ports.tell(loss)
      if (id !== '') removed.add(id)
    }
  }

  /** What I had written and the server had taken, and they wrote over: not knowing of it, or so soon that I may still be at it. */
  #lostBefore({ patches, by, base, over }: Theirs): readonly Loss[] {
    const now = this.#ports.now()
    const { doc } = this.#flow.getState()
    const losses = new Map<string, Loss>()
    for (const patch of patches) {
      const place = placeOf(patch)
      for (const [key, write] of [...this.#writesIn(place)]) {
        const isInside = covers(write.place, place) && write.place.path.length < place.path.length
        if (!isInside && !covers(place, write.place)) continue
        const at = isInside ? place : write.place
        const mine = isInside ? getIn(write.value, place.path.slice(write.place.path.length)) : write.value
        const theirs = patch.op === 'set' ? patch.value : undefined
        this.#writes.delete(key)
        if (isInside) {
          const rest = setIn(write.value, place.path.slice(write.place.path.length), patch.op === 'set' ? patch.value : absent)
          this.#writes.set(key, { ...write, value: rest })
        }
        if (patch.op === 'insert' || mine === absent || (patch.op === 'set' && sameJson(patch.value, mine))) continue
        const unseen = write.seq > base || over.some((each) => covers(each, at) || covers(at, each))
        if (!unseen && now - write.at > sharedLimits.freshMsMax) continue
        const loss: Loss | null = patch.op === 'remove' ? removedFrom(doc, patch, by) : { kind: 'overwritten', by, place: at, mine, theirs }
        if (loss !== null) losses.set(loss.kind === 'removed' ? loss.item.value.id : placeText(at), loss)
      }
    }
    return [...losses.values()]
  }

  /** What I have not sent yet, or what is on its way, where it meets theirs. */
  #lostWaiting({ patches, by }: Theirs, mine: readonly Patch[], away: boolean): readonly Loss[] {
    if (mine.length === 0) return []
    const { doc } = this.#flow.getState()
    const losses = new Map<string, Loss>()
    for (const their of patches) {
      const there = placeOf(their)
      for (const patch of mine) {
        const place = placeOf(patch)
        if (their.op === 'remove' && their.in !== 'edges' && hangsOn(patch, their.id)) {
          const loss = removedFrom(doc, their, by)
          if (loss !== null) losses.set(their.id, loss)
          continue
        }
        if (place.in !== there.in || place.id !== there.id) continue
        if (their.op === 'remove' && patch.op !== 'remove') {
          const loss = removedFrom(doc, their, by)
          if (loss !== null) losses.set(place.id, loss)
        } else if (away && patch.op === 'remove' && their.op === 'set') {
          losses.set(placeText(there), { kind: 'covered', by, place: there, mine: undefined, theirs: their.value })
        } else if (away && their.op === 'set' && (covers(place, there) || covers(there, place))) {
          const value = patch.op === 'set' ? patch.value : undefined
          if (!sameJson(value, their.value))
            losses.set(placeText(there), { kind: 'covered', by, place: there, mine: value, theirs: their.value })
        }
      }
    }
    return [...losses.values()]
  }

  *#writesIn(place: Place): Generator<readonly [string, Write]> {
    for (const entry of this.#writes) if (entry[1].place.in === place.in && entry[1].place.id === place.id) yield entry
  }

  #remember(patch: Patch, seq: number): void {
    if (patch.op === 'remove' || patch.in === 'edges') return
    const place = placeOf(patch)
    const key = placeText(place)
    this.#writes.delete(key)
    this.#writes.set(key, { place, value: 'value' in patch ? patch.value : undefined, seq, at: this.#ports.now() })
    if (this.#writes.size > sharedLimits.writesMax)
      for (const [oldest] of this.#writes) {
        this.#writes.delete(oldest)
        break
      }
  }
}

/** A wire that was just drawn goes with the step it hangs on. */
function hangsOn(patch: Patch, id: string): boolean {
  return patch.op === 'insert' && patch.in === 'edges' && (patch.value.from.node === id || patch.value.to.node === id)
}

function removedFrom(doc: FlowDocument, patch: Extract<Patch, { op: 'remove' }>, by: string): Loss | null {
  if (patch.in === 'edges') return null
  const value = doc[patch.in].get(patch.id)
  if (value === undefined) return null
  const wires = patch.in === 'notes' ? [] : [...doc.edges.values()].filter(({ from, to }) => from.node === patch.id || to.node === patch.id)
  return { kind: 'removed', by, item: { in: patch.in, value } as Removed, wires }
}

/** A step of mine that is there already, as the edits that bring it to what I made of it since. */
function asEdits(patch: Patch, doc: FlowDocument): readonly Patch[] {
  if (patch.op !== 'insert' || patch.in === 'edges') return []
  const there = doc[patch.in].get(patch.value.id)
  if (there === undefined) return [patch]
  const only = (value: unknown): FlowDocument => ({
    ...doc,
    nodes: new Map(),
    edges: new Map(),
    groups: new Map(),
    notes: new Map(),
    [patch.in]: new Map([[patch.value.id, value]]),
  })
  return diffDocuments(only(there), only(patch.value))
}

/** What stands at a place now; `absent` when nothing does. */
function valueAt(doc: FlowDocument, place: Place): unknown {
  const item = place.in === 'head' ? doc.head : doc[place.in].get(place.id)
  return item === undefined ? absent : getIn(item, place.path)
}
