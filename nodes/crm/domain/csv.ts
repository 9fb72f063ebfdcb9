/** What a spreadsheet may take for a formula: also behind blanks, and in the full-width signs that an Asian one takes for the same. */
const formula = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** A cell that a spreadsheet would run as a formula is made plain text; reading it back takes the mark away again. */
export function neutralise(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

export function restore(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell
}

/** RFC 4180 line. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quote(neutralise(cell))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
