import type { Problem } from '@sluice/flows'
import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView, Lit } from '../view-store.ts'

/** The steps and wires of a problem's counter-example. */
export function litOf({ code, node, way }: Problem, wires: readonly string[]): Lit | null {
  if (way === undefined) return null
  return { code, node, nodes: new Set(way.nodes), edges: new Set(way.edges.flatMap((edge) => wires[edge] ?? [])) }
}

/** What is lit follows its problem: another way when it changed, nothing once it is mended. */
export function keepLit(view: StoreApi<CanvasView>, problems: readonly Problem[], wires: readonly string[]): void {
  const { lit } = view.getState()
  if (lit === null) return
  const still = problems.find(({ code, node, way }) => code === lit.code && node === lit.node && way !== undefined)
  view.setState({ lit: still === undefined ? null : litOf(still, wires) })
}
