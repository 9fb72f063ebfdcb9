import type { FlowDefinition, Text } from '@sluice/flows'
import { type Catalogue, isTrigger, portsOfStep } from '../catalogue.ts'
import { fromFile } from '../file.ts'
import type { FlowStore } from '../flow-store.ts'
import { freshId, idStem } from '../ids.ts'
import { label } from '../label.ts'
import type { End, FlowDocument, Step } from '../model.ts'
import { renameReferences, rewriteReferences, stepsNamed } from '../references.ts'
import { around, boxOf, snap } from '../shape.ts'
import { downstream } from './splice.ts'

/** Why a called flow cannot be drawn in place of its call: an id of the catalogue with its values. */
export interface NoInline {
  readonly id: `canvas.inline.${'not-call' | 'no-wait' | 'start' | 'ends' | 'stops' | 'self'}`
  readonly values: Readonly<Record<string, Text>>
}

/** The steps of the called flow come in place of the call: one entry. Null when it was done. */
export function inline(store: FlowStore, catalogue: Catalogue, callId: string, called: FlowDefinition): NoInline | null {
  const { doc } = store.getState()
  const step = doc.nodes.get(callId)
  const inner = fromFile(called)
  const no = refuse(step, inner, doc, catalogue)
  if (no !== null || step === undefined) return no
  store.change(label('inline', { count: inner.nodes.size }), (draft) => {
    const triggers = triggersOf(inner, catalogue)
    const [trigger] = triggers
    const steps = [...inner.nodes.values()].filter((each) => each !== trigger)
    const taken = new Set([...draft.nodes.keys(), ...draft.groups.keys()])
    const fresh = (id: string) => {
      const name = taken.has(id) ? freshId(idStem(id), (each) => taken.has(each)) : id
      taken.add(name)
      return name
    }
    const names = new Map(steps.map((each) => [each.id, fresh(each.id)]))
    const frames = new Map([...inner.groups.keys()].map((id) => [id, fresh(id)]))
    const named = (id: string) => names.get(id) ?? frames.get(id) ?? id
    const box = around(steps.map((each) => boxOf(each, catalogue))) ?? { x: 0, y: 0, width: 0, height: 0 }
    const at = boxOf(step, catalogue)
    const offset = { x: at.x - box.x, y: at.y + at.height / 2 - box.height / 2 - box.y }

    const input = (step.config as { input?: unknown } | undefined)?.input
    const readsStart = trigger !== undefined && steps.some((each) => stepsNamed(each.config).has(trigger.id))
    // What the call was given is what its first step got: kept by a step of its own where it is not simply what came in.
    const giver = input !== undefined || readsStart ? fresh('given') : null
    const places = new Map(trigger === undefined || giver === null ? [] : [[trigger.id, `nodes.${giver}`]])
    const wide = giver === null ? 0 : boxOf(step, catalogue).width + 96
    const into = draft.wiresOf(callId).filter((edge) => edge.to.node === callId)
    const out = draft.wiresOf(callId).filter((edge) => edge.from.node === callId && edge.from.port === 'out')
    const errors = draft.wiresOf(callId).filter((edge) => edge.from.node === callId && edge.from.port === 'error')

    const grown = Math.max(0, snap(box.width + wide - at.width))
    const behind = new Set(out.flatMap((edge) => [...downstream(draft, edge.to.node, new Set([callId]))]))
    for (const id of behind) {
      const [x, y] = draft.nodes.get(id)?.at ?? [0, 0]
      if (x > at.x) draft.set('nodes', id, ['at'], [x + grown, y])
    }
    for (const edge of draft.wiresOf(callId)) draft.disconnect(edge.id)
    for (const group of [...draft.groups.values()])
      if (group.nodes.includes(callId))
        draft.set(
          'groups',
          group.id,
          ['nodes'],
          [...group.nodes.filter((id) => id !== callId), ...(giver === null ? [] : [giver]), ...names.values()],
        )
    draft.remove('nodes', callId)
    if (giver !== null)
      draft.insert('nodes', { id: giver, type: 'core.transform', config: { value: input ?? '{% input %}' }, at: [at.x, at.y] })
    for (const each of steps) {
      const config =
        each.config === undefined ? undefined : (rewriteReferences(renameReferences(each.config, names), places) as Record<string, unknown>)
      const framed = typeof config?.group === 'string' ? { ...config, group: named(config.group) } : config
      draft.insert('nodes', {
        ...each,
        id: named(each.id),
        ...(framed === undefined ? {} : { config: framed }),
        at: [snap((each.at?.[0] ?? 0) + offset.x + wide), snap((each.at?.[1] ?? 0) + offset.y)],
      })
    }
    for (const edge of inner.edges.values())
      if (edge.from.node !== trigger?.id)
        draft.connect({ ...edge.from, node: named(edge.from.node) }, { ...edge.to, node: named(edge.to.node) })
    for (const group of inner.groups.values())
      draft.insert('groups', {
        ...group,
        id: named(group.id),
        nodes: group.nodes.map(named),
        at: [snap((group.at?.[0] ?? 0) + offset.x + wide), snap((group.at?.[1] ?? 0) + offset.y)],
      })
    const entries = [...inner.edges.values()]
      .filter((edge) => edge.from.node === trigger?.id)
      .map((edge) => ({ ...edge.to, node: named(edge.to.node) }))
    const first: readonly End[] = giver === null ? entries : [{ node: giver, port: 'in' }]
    if (giver !== null) for (const entry of entries) draft.connect({ node: giver, port: 'out' }, entry)
    for (const edge of into) for (const entry of first) draft.connect(edge.from, entry)
    const [exit] = looseEnds(inner, catalogue, trigger)
    if (exit !== undefined) {
      for (const edge of out) draft.connect({ ...exit, node: named(exit.node) }, edge.to)
      const after = new Map([[callId, `nodes.${named(exit.node)}`]])
      for (const each of [...draft.nodes.values()]) {
        const config = rewriteReferences(each.config, after)
        if (JSON.stringify(config) !== JSON.stringify(each.config)) draft.set('nodes', each.id, ['config'], config)
      }
    }
    // A failure inside went out by the call's error port: now each step's own does.
    for (const edge of errors)
      for (const each of steps) {
        const wired = [...inner.edges.values()].some((other) => other.from.node === each.id && other.from.port === 'error')
        if (!wired && portsOfStep(each, catalogue).canFail) draft.connect({ node: named(each.id), port: 'error' }, edge.to)
      }
    draft.selection = new Set([...(giver === null ? [] : [giver]), ...names.values()])
  })
  return null
}

function triggersOf(inner: FlowDocument, catalogue: Catalogue): readonly Step[] {
  return [...inner.nodes.values()].filter((each) => {
    const type = catalogue.find(each.type)
    return type !== undefined && isTrigger(type)
  })
}

function refuse(step: Step | undefined, inner: FlowDocument, doc: FlowDocument, catalogue: Catalogue): NoInline | null {
  if (step?.type !== 'core.call') return { id: 'canvas.inline.not-call', values: {} }
  if ((step.config as { wait?: unknown } | undefined)?.wait === false) return { id: 'canvas.inline.no-wait', values: {} }
  if (inner.head.key === doc.head.key) return { id: 'canvas.inline.self', values: {} }
  const triggers = triggersOf(inner, catalogue)
  if (triggers.length !== 1 || triggers[0]?.type !== 'core.manual')
    return { id: 'canvas.inline.start', values: { count: String(triggers.length) } }
  const stops = [...inner.nodes.values()].some((each) => each.type === 'core.stop' || each.type === 'core.fail')
  if (stops) return { id: 'canvas.inline.stops', values: {} }
  if (
    looseEnds(inner, catalogue, triggers[0]).length > 1 &&
    [...doc.edges.values()].some((edge) => edge.from.node === step.id && edge.from.port === 'out')
  )
    return { id: 'canvas.inline.ends', values: {} }
  return null
}

/** Outputs nothing is wired to: where the lines of the called flow end. */
function looseEnds(inner: FlowDocument, catalogue: Catalogue, trigger: Step | undefined): readonly End[] {
  const wired = new Set([...inner.edges.values()].map((edge) => `${edge.from.node}.${edge.from.port}`))
  return [...inner.nodes.values()].flatMap((each) =>
    each === trigger
      ? []
      : portsOfStep(each, catalogue).outputs.flatMap((port) =>
          wired.has(`${each.id}.${port.name}`) ? [] : [{ node: each.id, port: port.name }],
        ),
  )
}
