import { type FlowDocument, wiresInto, wiresOut } from '../../doc/index.ts'
import { readingOrder } from '../walk.ts'

export interface OutlineRow {
  readonly id: string
  /** 1 for what starts a flow; one deeper behind each fork. */
  readonly level: number
}

/** The steps of a flow as indented rows in reading order. */
export function outlineRows(doc: FlowDocument): readonly OutlineRow[] {
  const levels = new Map<string, number>()
  return readingOrder(doc).map((id) => {
    const parent = wiresInto(doc.edges, id)
      .map((edge) => edge.from.node)
      .find((source) => levels.has(source))
    const forks = parent === undefined ? 0 : new Set(wiresOut(doc.edges, parent).map((edge) => edge.to.node)).size
    const level = parent === undefined ? 1 : (levels.get(parent) ?? 1) + (forks > 1 ? 1 : 0)
    levels.set(id, Math.min(level, 12))
    return { id, level: Math.min(level, 12) }
  })
}
