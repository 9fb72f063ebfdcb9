/**
 * Where the server's stream stood before the first of the answers that are shown was looked up. A line that opens asks for all that
 * came since; what an answer knew already is told twice, which does nothing.
 */
let first: string | null = null

export function notePosition(position: string | null): void {
  first ??= position
}

export function takePosition(): string | null {
  const position = first
  first = null
  return position
}
