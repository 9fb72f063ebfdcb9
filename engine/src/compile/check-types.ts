import { type JsonObject, type Schema, say, type Text } from '@sluice/flows'
import { eachWire, type Graph } from './graph.ts'
import { about, fixes, type Report } from './report.ts'

/** What a port gives fits what the next step takes, as far as both say so. Silence means "anything". */
export function checkTypes(graph: Graph, report: Report): void {
  for (const node of graph.nodes) {
    eachWire(graph.out[node.index], ({ edge, to }, port) => {
      const target = graph.nodes[to]
      const wanted = target?.facts?.input
      if (target === undefined || wanted === undefined || wanted === false) return
      const given = node.ports?.find(({ name }) => name === port)?.schema as Schema | undefined
      const clash = given === undefined ? null : clashOf(given, wanted as Schema, '')
      if (clash !== null) report.add('error', 'SLU_FLOW_TYPE_MISMATCH', { edge }, sentence(clash, target.name), fixes.convert)
    })
  }
}

interface Clash {
  /** Below the value on the wire, for example `.customer.id`. */
  readonly path: string
  readonly needs: string
  readonly gets: string
}

/** The first place where two schemas certainly do not fit; null when they might. */
function clashOf(given: Schema, wanted: Schema, path: string): Clash | null {
  const gives = typesOf(given)
  const takes = typesOf(wanted)
  if (gives !== null && takes !== null && !gives.some((type) => takes.includes(type) || (type === 'integer' && takes.includes('number')))) {
    return { path, needs: takes.join(' | '), gets: gives.join(' | ') }
  }
  const properties = asObject(wanted.properties)
  const offered = asObject(given.properties)
  for (const key of Array.isArray(wanted.required) ? wanted.required.map(String) : []) {
    const below = `${path}.${key}`
    if (Object.hasOwn(offered, key)) {
      const clash = clashOf(asObject(offered[key]), asObject(properties[key]), below)
      if (clash !== null) return clash
    } else if (given.additionalProperties === false && given.type === 'object') {
      return { path: below, needs: typesOf(asObject(properties[key]))?.join(' | ') ?? '*', gets: '–' }
    }
  }
  return null
}

function typesOf(schema: Schema): readonly string[] | null {
  if (typeof schema.type === 'string') return [schema.type]
  return Array.isArray(schema.type) ? schema.type.map(String) : null
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function sentence({ path, needs, gets }: Clash, name: Text): Text {
  const at = path === '' ? '' : ` (${path.slice(1)})`
  return about(
    [name],
    (it) => `“${it}” needs ${needs}, gets ${gets}${at}`,
    () => `类型不符：「${say(name, 'zh-CN')}」需要 ${needs}，得到 ${gets}${at}`,
  )
}
