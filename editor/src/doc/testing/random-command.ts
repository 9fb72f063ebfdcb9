import { addStep } from '../commands/add.ts'
import {
  configure,
  configureMany,
  rename,
  setDescription,
  setFlowName,
  setLoopLimit,
  setRetry,
  setSettings,
  setTimeLimit,
  toggleDisabled,
} from '../commands/edit.ts'
import { setCommon } from '../commands/edit-many.ts'
import { extract } from '../commands/extract.ts'
import { toggleFolded } from '../commands/fold.ts'
import { addNote, groupSteps, renameGroup, resizeFrame, setGroup, ungroup, writeNote } from '../commands/frames.ts'
import { moveItems, nudge } from '../commands/move.ts'
import { duplicate, paste } from '../commands/paste.ts'
import { detach, removeItems } from '../commands/remove.ts'
import { replaceAll } from '../commands/replace-all.ts'
import { insertOnEdge } from '../commands/splice.ts'
import { connect, disconnect, reconnect } from '../commands/wires.ts'
import { fromFile } from '../file.ts'
import type { FlowStore } from '../flow-store.ts'
import { fragmentOf } from '../fragment.ts'
import { label } from '../label.ts'
import { toyCatalogue as catalogue } from './toy-catalogue.ts'

/** Mulberry32: a small seeded generator, so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Does one random thing a person could do. It may turn out to change nothing. */
export function randomCommand(store: FlowStore, random: () => number): void {
  const { doc } = store.getState()
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
  const steps = [...doc.nodes.keys()]
  const step = pick(steps) ?? 'none'
  const other = pick(steps) ?? 'none'
  const edge = pick([...doc.edges.keys()]) ?? 'none'
  const some = steps.filter(() => random() < 0.2)
  const group = pick([...doc.groups.keys()]) ?? 'none'
  const note = pick([...doc.notes.keys()]) ?? 'none'
  const place = { x: Math.floor(random() * 2_000), y: Math.floor(random() * 1_000) }
  const type = pick(catalogue.all)?.type ?? 'toy.step'
  const acts: readonly (() => unknown)[] = [
    () => addStep(store, catalogue, { type, at: place }),
    () => addStep(store, catalogue, { type, from: { node: step, port: 'out' } }),
    () => addStep(store, catalogue, { type, into: edge }),
    () => connect(store, catalogue, { node: step, port: 'out' }, { node: other, port: 'in' }),
    () => reconnect(store, catalogue, edge, 'to', { node: other, port: 'in' }),
    () => disconnect(store, [edge]),
    () => insertOnEdge(store, catalogue, edge, step),
    () => detach(store, catalogue, [step]),
    () => moveItems(store, new Map([[step, place]])),
    () => nudge(store, some, 8, -8),
    () => removeItems(store, catalogue, [step], { keepChain: random() < 0.5 }),
    () => removeItems(store, catalogue, some, { keepChain: true }),
    () => duplicate(store, some),
    () => rename(store, step, random() < 0.3 ? undefined : { en: `Step ${place.x}`, 'zh-CN': `步骤 ${place.x}` }),
    () => configure(store, step, ['text'], random() < 0.3 ? undefined : `{{ nodes.${other}.x }}`),
    () => configure(store, step, ['list', 0, 'deep'], place.x),
    () => setRetry(store, step, random() < 0.5 ? undefined : { attempts: 3 }),
    () => setTimeLimit(store, step, place.x + 1),
    () => setLoopLimit(store, step, random() < 0.5 ? undefined : place.x + 1),
    () => setCommon(store, some, 'disabled', random() < 0.5 ? undefined : true),
    () => setCommon(store, some, 'timeoutMs', place.x + 1),
    () => configureMany(store, step, { text: `many ${place.y}`, more: random() < 0.5 ? undefined : place.x }),
    () => paste(store, catalogue, fromFile(fragmentOf(doc, some)), place, { keepIncoming: random() < 0.5 }),
    () => {
      const taken = extract(doc, catalogue, some, { key: 'taken', name: 'Taken' })
      if ('apply' in taken) taken.apply(store)
    },
    () => replaceAll(store, { ...doc, head: { ...doc.head, name: `Flow ${place.y}` } }, label('import')),
    () => toggleDisabled(store, [step]),
    () => groupSteps(store, catalogue, some),
    () => renameGroup(store, group, `Group ${place.x}`),
    () => setGroup(store, group, random() < 0.5 ? { cancel: true } : { cancel: undefined, timeout: 'PT1H' }),
    () => toggleFolded(store, [group]),
    () => ungroup(store, [group]),
    () => addNote(store, place, 'note'),
    () => writeNote(store, note, `text ${place.y}`, 'en'),
    () => resizeFrame(store, 'notes', note, { ...place, width: 240, height: 160 }),
    () => setFlowName(store, { en: `Flow ${place.x}`, 'zh-CN': `流程 ${place.x}` }),
    () => setDescription(store, random() < 0.5 ? undefined : 'about'),
    () => setSettings(store, 'timeout', random() < 0.5 ? undefined : 'P1D'),
  ]
  pick(acts)?.()
}
