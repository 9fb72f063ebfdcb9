/** A wire between two boxes, by their numbers. `port` says how far down its side it leaves, from 0 to 1. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly port: number
}

export interface Ranked {
  /** Column of each box. */
  readonly rank: readonly number[]
  /** All lead to a later column: what closes a loop is turned round. */
  readonly links: readonly Link[]
  /** How many columns follow behind each box. */
  readonly ahead: readonly number[]
}

/** Columns by the longest way from a start; what nothing leads to stands right before what it leads to. Without recursion. */
export function ranked(count: number, wires: readonly Link[]): Ranked {
  const links = forward(count, wires)
  const out = byEnd(count, links, 'from')
  const open = Array.from<number>({ length: count }).fill(0)
  for (const { to } of links) open[to] = (open[to] ?? 0) + 1
  const starts = open.flatMap((ways, box) => (ways === 0 ? [box] : []))
  const line = [...starts]
  const rank = Array.from<number>({ length: count }).fill(0)
  for (let at = 0; at < line.length; at += 1) {
    const box = line[at] ?? 0
    for (const { to } of out[box] ?? []) {
      rank[to] = Math.max(rank[to] ?? 0, (rank[box] ?? 0) + 1)
      open[to] = (open[to] ?? 0) - 1
      if (open[to] === 0) line.push(to)
    }
  }
  const ahead = Array.from<number>({ length: count }).fill(0)
  for (const box of line.toReversed()) for (const { to } of out[box] ?? []) ahead[box] = Math.max(ahead[box] ?? 0, (ahead[to] ?? 0) + 1)
  for (const box of starts) {
    const nearest = Math.min(...(out[box] ?? []).map(({ to }) => rank[to] ?? 0))
    if (Number.isFinite(nearest)) rank[box] = nearest - 1
  }
  return { rank, links, ahead }
}

export function byEnd<Way extends Link>(count: number, links: readonly Way[], end: 'from' | 'to'): readonly (readonly Way[])[] {
  const at = Array.from({ length: count }, (): Way[] => [])
  for (const link of links) at[link[end]]?.push(link)
  return at
}

/** Walks from the starts and turns round each wire that leads back to where the walk came through. */
function forward(count: number, wires: readonly Link[]): Link[] {
  const out = byEnd(count, wires, 'from')
  const isTarget = new Set(wires.map(({ to }) => to))
  const boxes = Array.from({ length: count }, (_, box) => box)
  const seen = Array.from<'no' | 'under way' | 'done'>({ length: count }).fill('no')
  const back = new Set<Link>()
  for (const first of [...boxes.filter((box) => !isTarget.has(box)), ...boxes]) {
    if (seen[first] !== 'no') continue
    seen[first] = 'under way'
    const way = [{ box: first, next: 0 }]
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const link = out[here.box]?.[here.next]
      here.next += 1
      if (link === undefined) {
        seen[here.box] = 'done'
        way.pop()
      } else if (seen[link.to] === 'under way') back.add(link)
      else if (seen[link.to] === 'no') {
        seen[link.to] = 'under way'
        way.push({ box: link.to, next: 0 })
      }
    }
  }
  return wires.map((link) => (back.has(link) ? { from: link.to, to: link.from, port: 0.5 } : link))
}
