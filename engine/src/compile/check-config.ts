import { checkSchema, type JsonObject, type Problem, type Schema } from '@sluice/flows'
import { compileConfig } from '../expression/config.ts'
import type { References } from '../expression/references.ts'
import { configOf } from './facts.ts'
import type { Graph, GraphNode } from './graph.ts'
import { about, error, fix, warning } from './problems.ts'
import { reaching } from './reach.ts'

export interface ConfigFindings {
  readonly problems: readonly Problem[]
  readonly references: References
}

/** One step's settings by themselves: the schema, the expressions, the type's own check. */
export function checkConfig(it: GraphNode): ConfigFindings | null {
  if (it.facts === undefined) return null
  const config = configOf(it.node)
  const at = (path: string) => ({ node: it.node.id, path: `/nodes/${it.index}/config${path}` })
  const jump = fix('jump', 'Show the field', '定位到字段')
  const schema = it.facts.config as Schema
  const compiled = compileConfig(schema, config)
  const shape = checkSchema(schema, config, { expressionsAllowed: true, defaultsFill: true })
  const said = new Set(shape.map((problem) => problem.path))
  return {
    problems: [
      ...shape.map((problem) => error(problem.code, at(problem.path), problem.message, jump)),
      ...compiled.problems
        .filter((problem) => !said.has(problem.path))
        .map((problem) => error(problem.code, at(problem.path), problem.message, jump)),
      ...ownCheck(it, config).map((problem) => ({ ...problem, ...at(problem.path ?? '') })),
    ],
    references: compiled.references,
  }
}

/** A type's own check may stumble over half-filled settings; the schema has then said what is missing. */
function ownCheck(it: GraphNode, config: JsonObject): readonly Problem[] {
  try {
    return it.facts?.check?.(config) ?? []
  } catch {
    return []
  }
}

/** `nodes.<id>` must name a step, and one that can have run before. */
export function checkReferences(graph: Graph, it: GraphNode, references: References): Problem[] {
  if (references.nodes.length === 0) return []
  const before = reaching(graph, it.index)
  return references.nodes.flatMap((id) => {
    const index = graph.indexOf(id)
    const place = { node: it.node.id, path: `/nodes/${it.index}/config` }
    const pick = fix('jump', 'Pick again', '重新选择')
    if (index === undefined)
      return [
        error(
          'SLU_FLOW_REFERENCE',
          place,
          about(it, (name, language) =>
            language === 'en' ? `nodes.${id} no longer exists; “${name}” reads it.` : `引用的数据已不存在：nodes.${id}（“${name}”）。`,
          ),
          pick,
        ),
      ]
    if (before[index] === 1 || index === it.index) return []
    return [
      warning(
        'SLU_FLOW_REFERENCE_LATER',
        place,
        about(it, (name, language) =>
          language === 'en'
            ? `“${name}” reads nodes.${id}, which does not run before it.`
            : `“${name}”读取 nodes.${id}，但该步骤不会先于它运行。`,
        ),
        pick,
      ),
    ]
  })
}
