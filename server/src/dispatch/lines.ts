/**
 * Who acts next. Each place (a host, or the handler where there is none) has its own line and its own share of the acts at once, so that
 * one that is slow or dead holds up nobody but those who want it too. What would not leave while its permit is good is put back. One that
 * does not answer gets fewer places with each silence, or many such ones would hold all there are for as long as anybody wants them.
 */
import type { BegunRow } from '@sluice/engine/worker'

export const lineLimits = {
  actsMax: 128,
  /** At one place at once. */
  actsPerPlaceMax: 32,
  /** Beside those, for places that have few: some dead hosts that hold all the others do not keep a call to another one in. */
  keptActsMax: 32,
  fewPerPlaceMax: 4,
  /** At a place that has gone silent: one more act might find that it speaks again. */
  silentPerPlaceMin: 2,
  /** A failure that takes so long is silence; a quick one holds no place. */
  silentMs: 5_000,
  /** Silent places that are remembered. */
  silentPlacesMax: 1_000,
  /** In line at one place, unless it takes more than these in `linedUpMsMax`; the rest goes back to the outbox. At a silent one, fewer. */
  linedUpPerPlaceMax: 64,
  linedUpMsMax: 5_000,
  /** How long what is put back stays away; without any answer from that place, at least `deadMs`. */
  awayMs: { min: 1_000, dead: 10_000, max: 60_000 },
} as const

interface Line {
  readonly rows: BegunRow[]
  acting: number
  /** Acts that were answered since the last look. */
  answered: number
}

/** How an act ended: whoever is there answered, nobody did, or it never asked. */
export type Ending = 'answered' | 'silent' | 'unasked'

export interface PutBack {
  readonly row: BegunRow
  readonly delayMs: number
}

export interface Lines {
  join(row: BegunRow, first: boolean): void
  /** The next one whose place has room; places take turns. */
  next(): BegunRow | undefined
  done(row: BegunRow, ending: Ending): void
  /** Takes out of long lines what would wait too long, by how many acts were answered in the last `ms`. */
  shorten(ms: number): readonly PutBack[]
  /** Some line is long. */
  readonly long: boolean
  readonly waiting: number
  readonly acting: number
}

/** Whom it wants: the host of its address, or whoever stands behind the handler. */
export function placeOf({ handler, request: { url } }: BegunRow): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : handler
}

export function lines(): Lines {
  // In the order of their turns: whose row was taken goes to the end.
  const places = new Map<string, Line>()
  /** Acts at once at places that fell silent: halved with each silence, doubled with each answer, forgotten at the full share. */
  const rooms = new Map<string, number>()
  let waiting = 0
  let acting = 0

  function lineOf(place: string): Line {
    const line = places.get(place) ?? { rows: [], acting: 0, answered: 0 }
    places.set(place, line)
    return line
  }

  const roomAt = (place: string) => rooms.get(place) ?? lineLimits.actsPerPlaceMax
  const linedUpMax = (place: string) => Math.ceil((lineLimits.linedUpPerPlaceMax * roomAt(place)) / lineLimits.actsPerPlaceMax)

  function heard(place: string, isSilent: boolean): void {
    const before = roomAt(place)
    const room = isSilent ? Math.max(Math.floor(before / 2), lineLimits.silentPerPlaceMin) : before * 2
    rooms.delete(place)
    if (room >= lineLimits.actsPerPlaceMax) return
    for (const oldest of rooms.keys()) {
      if (rooms.size < lineLimits.silentPlacesMax) break
      rooms.delete(oldest)
    }
    rooms.set(place, room)
  }

  return {
    join(row, first) {
      const { rows } = lineOf(placeOf(row))
      if (first || row.rank === -1) rows.unshift(row)
      else rows.push(row)
      waiting += 1
    },
    next() {
      const most = perPlaceMax(acting)
      if (most === 0) return undefined
      for (const [place, line] of places) {
        const row = line.acting < Math.min(most, roomAt(place)) ? line.rows.shift() : undefined
        if (row === undefined) continue
        places.delete(place)
        places.set(place, line)
        line.acting += 1
        acting += 1
        waiting -= 1
        return row
      }
      return undefined
    },
    done(row, ending) {
      const place = placeOf(row)
      const line = lineOf(place)
      line.acting -= 1
      if (ending === 'answered') line.answered += 1
      if (ending !== 'unasked') heard(place, ending === 'silent')
      acting -= 1
      if (line.acting === 0 && line.rows.length === 0) places.delete(place)
    },
    shorten(ms) {
      const gone: PutBack[] = []
      for (const [place, line] of places) {
        const perMs = line.answered / ms
        line.answered = 0
        const kept = Math.max(linedUpMax(place), Math.ceil(perMs * lineLimits.linedUpMsMax))
        // A withdrawal's act is never sent away; it stands in front.
        const from = Math.max(kept, line.rows.filter(({ rank }) => rank === -1).length)
        const excess = line.rows.splice(from)
        waiting -= excess.length
        excess.forEach((row, index) => void gone.push({ row, delayMs: awayMs(perMs, index, excess.length) }))
      }
      return gone
    },
    get long() {
      for (const [place, { rows }] of places) if (rows.length > linedUpMax(place)) return true
      return false
    },
    get waiting() {
      return waiting
    },
    get acting() {
      return acting
    },
  }
}

function perPlaceMax(acting: number): number {
  if (acting < lineLimits.actsMax) return lineLimits.actsPerPlaceMax
  return acting < lineLimits.actsMax + lineLimits.keptActsMax ? lineLimits.fewPerPlaceMax : 0
}

/** Until about their turn. Where nothing comes back nobody knows when that is; they return spread out. */
function awayMs(perMs: number, index: number, count: number): number {
  const { min, dead, max } = lineLimits.awayMs
  const turn = perMs === 0 ? dead * (1 + (2 * index) / count) : index / perMs
  return Math.round(Math.min(Math.max(turn, min), max))
}
