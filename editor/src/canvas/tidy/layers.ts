import type { LayoutAnswer, LayoutRequest } from './layout.ts'

/**
 * Columns by the longest way from a start, steps of a column one below the other, in the order of their wires. Without recursion, in time
 * that grows with boxes and wires; a wire that closes a loop leads back to an earlier column.
 */
export function layers(
  { boxes, wires }: Pick<LayoutRequest, 'boxes' | 'wires'>,
  { ranksep, nodesep }: { readonly ranksep: number; readonly nodesep: number },
): LayoutAnswer['places'] {
  const out = new Map<string, string[]>(boxes.map(({ id }) => [id, []]))
  const open = new Map<string, number>(boxes.map(({ id }) => [id, 0]))
  for (const { from, to } of wires) {
    out.get(from)?.push(to)
    open.set(to, (open.get(to) ?? 0) + 1)
  }
  const column = new Map<string, number>(boxes.map(({ id }) => [id, 0]))
  const ready = boxes.flatMap(({ id }) => (open.get(id) === 0 ? [id] : []))
  const placed = new Set<string>()
  let next = 0
  for (let at = 0; placed.size < boxes.length; at += 1) {
    // Only loops are left: the first of their steps begins.
    while (at >= ready.length) {
      const id = boxes[next]?.id
      next += 1
      if (id !== undefined && !placed.has(id)) ready.push(id)
    }
    const id = ready[at]
    if (id === undefined || placed.has(id)) continue
    placed.add(id)
    for (const to of out.get(id) ?? []) {
      if (placed.has(to)) continue
      column.set(to, Math.max(column.get(to) ?? 0, (column.get(id) ?? 0) + 1))
      open.set(to, (open.get(to) ?? 0) - 1)
      if (open.get(to) === 0) ready.push(to)
    }
  }
  const size = new Map(boxes.map((box) => [box.id, box]))
  const columns: string[][] = []
  for (const id of placed) {
    const index = column.get(id) ?? 0
    columns[index] ??= []
    columns[index].push(id)
  }
  let x = 0
  return columns.flatMap((ids) => {
    const tall = ids.reduce((sum, id) => sum + (size.get(id)?.height ?? 0) + nodesep, -nodesep)
    let y = -tall / 2
    const places = ids.map((id) => {
      const place = [id, x, y] as const
      y += (size.get(id)?.height ?? 0) + nodesep
      return place
    })
    x += Math.max(...ids.map((id) => size.get(id)?.width ?? 0)) + ranksep
    return places
  })
}
