/** What a slash begins, as far as the text before it tells. */
export type SlashMeaning = 'division' | 'regex' | 'unsure'

/** After these the parser always reads an operand, so a slash begins a regular expression. */
const beforeOperand = new Set(',:;=<>~&+?.!')
/** After the end of an operand it divides. */
const afterOperand = /[\p{L}\p{N}_)\]}"'`$]/u

/**
 * jsonata's reader decides by the part of speech that comes before; the text alone does not always tell (`*` is a product or a
 * wildcard, `and` an operator or a name). What is not certain is said to be so, and its owner takes the worse case.
 */
export function slashMeans(source: string, position: number): SlashMeaning {
  const before = source.slice(0, position).trimEnd()
  const last = before.at(-1)
  if (last === undefined || beforeOperand.has(last)) return 'regex'
  if (last === '(') return isCall(before) ? 'regex' : 'unsure'
  if (/(^|[^\p{L}\p{N}_$])(and|or|in)$/u.test(before.slice(-5))) return 'unsure'
  return afterOperand.test(last) ? 'division' : 'unsure'
}

/** A bracket behind an operand holds arguments. */
function isCall(before: string): boolean {
  const callee = before.slice(0, -1).trimEnd().at(-1)
  return callee !== undefined && afterOperand.test(callee)
}

/** End of the regular expression that begins here; the end of the text when it has none. Brackets hide slashes, as in jsonata's reader. */
export function endOfRegex(source: string, position: number): number {
  let depth = 0
  for (let at = position + 1; at < source.length; at++) {
    const char = source.charAt(at)
    const escaped = source.charAt(at - 1) === '\\'
    if (char === '/' && depth === 0 && !isEscaped(source, at)) return at + 1
    if ('([{'.includes(char) && !escaped) depth += 1
    if (')]}'.includes(char) && !escaped) depth -= 1
  }
  return source.length
}

function isEscaped(source: string, at: number): boolean {
  let slashes = 0
  while (source.charAt(at - 1 - slashes) === '\\') slashes += 1
  return slashes % 2 === 1
}
