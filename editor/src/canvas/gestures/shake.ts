const turnsNeeded = 4
const widthMin = 14
const withinMs = 900

/** Tells a shake from a drag: quick turns to and fro, each wide enough to be meant. */
export function shakeDetector(): (x: number, at: number) => boolean {
  let turn: number | null = null
  let way = 0
  let turns: number[] = []
  return (x, at) => {
    turn ??= x
    const moved = x - turn
    if (Math.abs(moved) < widthMin) return false
    const now = Math.sign(moved)
    if (now !== way) turns = [...turns, at].filter((time) => at - time <= withinMs)
    way = now
    turn = x
    return turns.length > turnsNeeded
  }
}
