import type { Ast } from './ast.ts'
import { type References, summed } from './references.ts'

export interface PlainPath {
  readonly ast: Ast
  readonly references: References
}

/** Names with dots between them, in letters that need no thought. */
const shape = /^[ \t\n\r]*([A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*)[ \t\n\r]*$/
/** Words that are no names wherever they stand. */
const words: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null'])
/** So that no bound of a longer expression can be met. */
const charsMax = 199

/**
 * `nodes.offer.price`: about half of all expressions are such a path. It is read in one go, because a process that has just started pays
 * for each step of a reader; what it gives is what `parseExpression` and `referencesOf` give. Null: it is something else.
 */
export function readPlainPath(source: string): PlainPath | null {
  if (source.length > charsMax) return null
  const text = shape.exec(source)?.[1]
  if (text === undefined) return null
  const names = text.split('.')
  const steps: Ast[] = []
  let end = source.indexOf(text) - 1
  for (let at = 0; at < names.length; at++) {
    const value = names[at] as string
    if (words.has(value)) return null
    end += value.length + 1
    steps.push({ value, type: 'name', position: end })
  }
  const position = (steps[0] as Ast).position as number
  return { ast: { type: 'path', steps }, references: summed([{ path: names, position }]) }
}
