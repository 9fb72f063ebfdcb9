import type { FlowDefinition, FlowNode, Text } from '@sluice/flows'
import { type Catalogue, isTrigger, nameOf, portsOfStep } from '../catalogue.ts'
import type { Draft } from '../draft.ts'
import { edgeOf, inOrder } from '../file.ts'
import type { FlowStore } from '../flow-store.ts'
import { freshId } from '../ids.ts'
import { label } from '../label.ts'
import type { FlowDocument } from '../model.ts'
import { rewriteReferences, stepsNamed } from '../references.ts'
import { around, boxOf, sizes, snap } from '../shape.ts'
import { type Boundary, boundaryOf } from './boundary.ts'

/** Why these steps cannot become a flow of their own: an id of the catalogue with its values. */
export interface NoExtract {
  readonly id: `canvas.extract.${'none' | 'trigger' | 'entries' | 'exits' | 'ends' | 'loose' | 'frame' | 'used'}`
  readonly values: Readonly<Record<string, Text>>
}

export interface Extracted {
  /** The flow that holds the steps from now on. */
  readonly flow: FlowDefinition
  /** Puts the call in their place: one entry. Gives the id of the calling step. */
  readonly apply: (store: FlowStore) => string
}

/**
 * Steps as a flow of their own, called in their place. Only where that means the same: one way in, one way out, nothing inside that
 * ends the whole run, nothing outside that reads from the middle. What the steps read from outside travels as the call's input.
 */
export function extract(
  doc: FlowDocument,
  catalogue: Catalogue,
  ids: readonly string[],
  as: { readonly key: string; readonly name: Text },
): Extracted | NoExtract {
  const inside = new Set(ids.filter((id) => doc.nodes.has(id)))
  const boundary = boundaryOf(doc, inside)
  const no = refuse(doc, catalogue, inside, boundary)
  if (no !== null) return no
  const outer = outerReferences(doc, inside)
  const flow = calledFlow(doc, catalogue, inside, boundary, outer, as)
  return { flow, apply: (store) => putCall(store, catalogue, inside, boundary, outer, as) }
}

function refuse(doc: FlowDocument, catalogue: Catalogue, inside: ReadonlySet<string>, boundary: Boundary): NoExtract | null {
  if (inside.size === 0) return { id: 'canvas.extract.none', values: {} }
  const steps = [...inside].flatMap((id) => doc.nodes.get(id) ?? [])
  const trigger = steps.find((step) => {
    const type = catalogue.find(step.type)
    return type !== undefined && isTrigger(type)
  })
  if (trigger !== undefined) return { id: 'canvas.extract.trigger', values: { name: nameOf(trigger, catalogue) } }
  if (new Set(boundary.into.map((edge) => edge.to.node)).size > 1) return { id: 'canvas.extract.entries', values: {} }
  const exits = new Set(boundary.out.map((edge) => `${edge.from.node}.${edge.from.port}`))
  if (exits.size > 1 || boundary.out.some((edge) => edge.from.port === 'error')) return { id: 'canvas.extract.exits', values: {} }
  const ending = steps.find((step) => step.type === 'core.stop' || step.type === 'core.fail')
  if (ending !== undefined) return { id: 'canvas.extract.ends', values: { name: nameOf(ending, catalogue) } }
  const loose = exits.size === 0 ? undefined : steps.find((step) => isLoose(doc, catalogue, step, exits))
  if (loose !== undefined) return { id: 'canvas.extract.loose', values: { name: nameOf(loose, catalogue) } }
  if (cutsFrame(doc, inside)) return { id: 'canvas.extract.frame', values: {} }
  return usedFromOutside(doc, catalogue, inside, boundary)
}

/** A line that ends inside would go on behind the call. */
function isLoose(doc: FlowDocument, catalogue: Catalogue, step: FlowNode, exits: ReadonlySet<string>): boolean {
  const wired = new Set([...doc.edges.values()].filter((edge) => edge.from.node === step.id).map((edge) => edge.from.port))
  const { outputs } = portsOfStep(step, catalogue)
  return outputs.length === 0 || outputs.some((port) => !wired.has(port.name) && !exits.has(`${step.id}.${port.name}`))
}

/** Frames give their steps a meaning (items, time limits); half of one cannot move. Wires of a frame stay with it. */
function cutsFrame(doc: FlowDocument, inside: ReadonlySet<string>): boolean {
  const looped = new Set([...doc.nodes.values()].map((step) => (step.config as { group?: unknown } | undefined)?.group))
  return [...doc.groups.values()].some((group) => {
    const taken = group.nodes.filter((id) => inside.has(id)).length
    if (taken === 0) return false
    if (taken < group.nodes.length) return taken < inside.size || looped.has(group.id)
    const wired = [...doc.edges.values()].some((edge) => edge.from.node === group.id || edge.to.node === group.id)
    const loop = [...doc.nodes.values()].find((step) => (step.config as { group?: unknown } | undefined)?.group === group.id)
    return wired || (loop !== undefined && !inside.has(loop.id))
  })
}

function usedFromOutside(doc: FlowDocument, catalogue: Catalogue, inside: ReadonlySet<string>, { exit }: Boundary): NoExtract | null {
  for (const step of doc.nodes.values()) {
    if (inside.has(step.id)) continue
    const used = [...stepsNamed(step.config)].find((id) => inside.has(id) && id !== exit?.node)
    const source = used === undefined ? undefined : doc.nodes.get(used)
    if (source !== undefined) return { id: 'canvas.extract.used', values: { name: nameOf(source, catalogue), by: nameOf(step, catalogue) } }
  }
  return null
}

/** Steps outside whose outputs are read inside. */
function outerReferences(doc: FlowDocument, inside: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  for (const id of inside)
    for (const name of stepsNamed(doc.nodes.get(id)?.config)) if (!inside.has(name) && doc.nodes.has(name)) found.add(name)
  return [...found]
}

function calledFlow(
  doc: FlowDocument,
  catalogue: Catalogue,
  inside: ReadonlySet<string>,
  boundary: Boundary,
  outer: readonly string[],
  as: { readonly key: string; readonly name: Text },
): FlowDefinition {
  const steps = [...doc.nodes.values()].filter((step) => inside.has(step.id))
  const taken = new Set(steps.map((step) => step.id))
  const start = freshId('start', (id) => taken.has(id))
  taken.add(start)
  const restore = freshId('input', (id) => taken.has(id))
  const box = around(steps.map((step) => boxOf(step, catalogue))) ?? { x: 0, y: 0, width: 0, height: 0 }
  const lead = sizes.width + sizes.gapX
  const shift = outer.length === 0 ? lead : 2 * lead
  const moved = new Map(outer.map((id) => [id, `nodes.${start}.${quoted(id)}`]))
  const entries = boundary.into.length > 0 ? [boundary.into[0]?.to.node ?? ''] : boundary.roots
  const first = outer.length === 0 ? start : restore
  return {
    format: doc.head.format,
    key: as.key,
    name: as.name,
    nodes: [
      { id: start, type: 'core.manual', config: {}, at: [0, 0] },
      ...(outer.length === 0
        ? []
        : [{ id: restore, type: 'core.transform', config: { value: '{% input.input %}' }, at: [lead, 0] as [number, number] }]),
      ...steps.map((step) =>
        inOrder({
          ...step,
          ...(step.config === undefined ? {} : { config: rewriteReferences(step.config, moved) as Record<string, unknown> }),
          at: [snap((step.at?.[0] ?? 0) - box.x + shift), snap((step.at?.[1] ?? 0) - box.y)],
        }),
      ),
    ],
    edges: [
      ...(outer.length === 0 ? [] : [{ from: `${start}.out`, to: `${restore}.in` }]),
      ...entries.map((id) => ({ from: `${first}.out`, to: `${id}.in` })),
      ...boundary.inner.map(edgeOf),
    ],
    ...framesOf(doc, inside, box, shift),
  }
}

function framesOf(
  doc: FlowDocument,
  inside: ReadonlySet<string>,
  box: { readonly x: number; readonly y: number },
  shift: number,
): Pick<FlowDefinition, 'groups'> {
  const groups = [...doc.groups.values()].filter((group) => group.nodes.length > 0 && group.nodes.every((id) => inside.has(id)))
  if (groups.length === 0) return {}
  return { groups: groups.map((group) => ({ ...group, at: [(group.at?.[0] ?? 0) - box.x + shift, (group.at?.[1] ?? 0) - box.y] })) }
}

const quoted = (id: string): string => (id.includes('-') ? `\`${id}\`` : id)

function putCall(
  store: FlowStore,
  catalogue: Catalogue,
  inside: ReadonlySet<string>,
  boundary: Boundary,
  outer: readonly string[],
  as: { readonly key: string; readonly name: Text },
): string {
  let id = ''
  store.change(label('extract', { count: inside.size }), (draft) => {
    const steps = [...draft.nodes.values()].filter((step) => inside.has(step.id))
    const box = around(steps.map((step) => boxOf(step, catalogue))) ?? { x: 0, y: 0, width: 0, height: 0 }
    id = draft.freshNodeId('call')
    const input = `{% { "input": input, ${outer.map((name) => `"${name}": nodes.${quoted(name)}`).join(', ')} } %}`
    const size = { x: snap(box.x + (box.width - sizes.width) / 2), y: snap(box.y + (box.height - sizes.height) / 2) }
    draft.insert('nodes', {
      id,
      type: 'core.call',
      name: as.name,
      config: { flow: as.key, ...(outer.length === 0 ? {} : { input }), wait: true },
      at: [size.x, size.y],
    })
    const { exit } = boundary
    for (const edge of [...boundary.into, ...boundary.inner, ...boundary.out]) draft.disconnect(edge.id)
    for (const edge of boundary.into) draft.connect(edge.from, { node: id, port: 'in' })
    for (const edge of boundary.out) draft.connect({ node: id, port: 'out' }, edge.to)
    for (const group of [...draft.groups.values()]) {
      const rest = group.nodes.filter((each) => !inside.has(each))
      if (rest.length === group.nodes.length) continue
      if (rest.length === 0) draft.remove('groups', group.id)
      else draft.set('groups', group.id, ['nodes'], [...rest, id])
    }
    for (const each of inside) draft.remove('nodes', each)
    if (exit !== null) renameIn(draft, new Map([[exit.node, `nodes.${id}`]]))
    draft.selection = new Set([id])
  })
  return id
}

/** Expressions of all steps follow to another place. */
function renameIn(draft: Draft, places: ReadonlyMap<string, string>): void {
  for (const step of [...draft.nodes.values()]) {
    const config = rewriteReferences(step.config, places)
    if (config !== step.config && JSON.stringify(config) !== JSON.stringify(step.config)) draft.set('nodes', step.id, ['config'], config)
  }
}
