import type { FlowDefinition as Flow, FlowFileProblem } from '@sluice/flows'
import { edgeOf, fromFile, inOrder } from './file.ts'
import type { FlowDocument, Ref, Step } from './model.ts'
import { refTarget } from './model.ts'

/** The same as `flowFormat` of flows, whose reader is not needed to write. */
const format: Flow['format'] = 'sluice/flow@1'

/** What copy puts on the clipboard: a flow file that holds only the selection, so that it can be pasted anywhere a flow file can. */
export function fragmentOf(doc: FlowDocument, refs: Iterable<Ref>): Flow {
  const picked = [...refs].map(refTarget)
  const groups = picked.flatMap((target) => (target.in === 'groups' ? (doc.groups.get(target.id) ?? []) : []))
  const ids = new Set([
    ...picked.filter((target) => target.in === 'nodes').map((target) => target.id),
    ...groups.flatMap((group) => group.nodes),
  ])
  const ends = new Set([...ids, ...groups.flatMap((group) => (doc.nodes.has(group.id) ? [] : [group.id]))])
  return {
    format,
    key: 'clipboard',
    name: { en: 'Clipboard', 'zh-CN': '剪贴板' },
    nodes: [...doc.nodes.values()]
      .filter((step) => ids.has(step.id))
      .map(withoutPrivate)
      .map(inOrder),
    edges: [...doc.edges.values()].filter((edge) => ends.has(edge.from.node) && ends.has(edge.to.node)).map(edgeOf),
    groups,
    notes: picked.flatMap((target) => (target.in === 'notes' ? (doc.notes.get(target.id) ?? []) : [])),
  }
}

const secretName = /^(authorization|password|passwd|secret|token|(access|api|private)[-_]?(key|token)|client[-_]?secret|x-api-key)$/i

/** Secrets and examples of real people stay here: literal values under such names, and examples in schemas. Expressions only name them. */
function withoutPrivate(step: Step): Step {
  if (step.config === undefined) return step
  const config = clean(step.config) as Record<string, unknown>
  return JSON.stringify(config) === JSON.stringify(step.config) ? step : { ...step, config }
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  const isSchema = 'type' in value && ('examples' in value || 'example' in value || 'properties' in value)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (isSchema && (key === 'examples' || key === 'example')) return []
      if (secretName.test(key) && typeof each === 'string' && !/\{\{|\{%/.test(each)) return []
      return [[key, clean(each)]]
    }),
  )
}

export type Reading =
  | { readonly ok: true; readonly doc: FlowDocument }
  | { readonly ok: false; readonly problem: FlowFileProblem | null; readonly isJson: boolean }

/** Reads pasted text or a dropped file as flow. What is wrong is named with its place; nothing is changed by reading. The reader loads with its first use. */
export async function readFragment(text: string): Promise<Reading> {
  const { readFlow } = await import('@sluice/flows')
  const read = readFlow(text)
  if (read.ok) return { ok: true, doc: fromFile(read.flow) }
  const [problem] = read.problems
  return { ok: false, problem: problem ?? null, isJson: problem?.code !== 'SLU_FLOW_NOT_JSON' }
}

/** The same selection as lines of text, for a chat or a ticket. */
export function outlineOf(flow: Flow, nameOf: (id: string) => string): string {
  const lines = flow.nodes.map((node) => {
    const next = flow.edges
      .filter((edge) => edge.from.startsWith(`${node.id}.`))
      .map((edge) => nameOf(edge.to.slice(0, edge.to.indexOf('.'))))
    return next.length === 0 ? `• ${nameOf(node.id)}` : `• ${nameOf(node.id)} → ${next.join(', ')}`
  })
  return lines.join('\n')
}
