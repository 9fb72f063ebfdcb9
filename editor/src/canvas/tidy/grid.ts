import { byEnd, type Link, type Ranked } from './ranks.ts'

/** A piece of a wire, from one column to the next. The heavier, the straighter. */
export interface Piece extends Link {
  readonly weight: number
}

/** Boxes in columns, and bends of long wires beside them; numbers from `boxes` on are bends. */
export interface Grid {
  readonly boxes: number
  readonly rank: readonly number[]
  readonly pieces: readonly Piece[]
}

/** The main way is straight above all, then long wires. */
const weights = { main: 1_000_000, bend: 100, other: 1 } as const
/** More bends than this would take longer than their order is worth: the longest wires then go without. */
const bendsMax = 60_000

export function gridOf({ rank, links, ahead }: Ranked): Grid {
  const ranks = [...rank]
  const pieces: Piece[] = []
  const main = mainWay({ rank, links, ahead })
  const span = ({ from, to }: Link) => (rank[to] ?? 0) - (rank[from] ?? 0)
  let room = bendsMax
  const short = new Set<Link>()
  for (const link of links.toSorted((a, b) => span(a) - span(b))) {
    room -= span(link) - 1
    if (room < 0) break
    short.add(link)
  }
  for (const link of links) {
    if (!short.has(link)) continue
    const last = span(link) - 1
    let { from, port } = link
    for (let step = 0; step <= last; step += 1) {
      const to = step === last ? link.to : ranks.push((rank[link.from] ?? 0) + step + 1) - 1
      const weight = main.has(link) ? weights.main : step > 0 && step < last ? weights.bend : weights.other
      pieces.push({ from, to, port, weight })
      from = to
      port = 0.5
    }
  }
  return { boxes: rank.length, rank: ranks, pieces }
}

/** Wires that lead on along the longest way, seen from both of their ends. */
function mainWay({ rank, links, ahead }: Ranked): ReadonlySet<Link> {
  const heir = (ways: readonly Link[], rate: (link: Link) => number) =>
    ways.reduce<Link | null>((best, link) => (best === null || rate(link) > rate(best) ? link : best), null)
  const next = new Set(byEnd(rank.length, links, 'from').map((ways) => heir(ways, ({ to }) => ahead[to] ?? 0)))
  const previous = byEnd(rank.length, links, 'to').map((ways) => heir(ways, ({ from }) => rank[from] ?? 0))
  return new Set(previous.flatMap((link) => (link !== null && next.has(link) ? [link] : [])))
}
