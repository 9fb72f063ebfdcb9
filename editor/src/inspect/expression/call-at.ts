import { type FunctionHelp, functions } from './functions.ts'
import { tokens } from './highlight.ts'

export interface Call {
  readonly help: FunctionHelp
  /** Which argument the caret stands in, from 0. */
  readonly argument: number
}

export interface Part {
  readonly from: number
  readonly to: number
}

const byName = new Map(functions.map((help) => [help.name, help]))
const opening: ReadonlySet<string> = new Set(['(', '[', '{'])
const closing: ReadonlySet<string> = new Set([')', ']', '}'])

/** The innermost call of a known function around the caret; null where there is none. Works on text that is still being typed. */
export function callAt(source: string, caret: number): Call | null {
  const open: { name: string; argument: number }[] = []
  let before = ''
  for (const { kind, text } of tokens(withoutPatterns(source.slice(0, caret)))) {
    if (kind === 'space' || kind === 'comment') continue
    if (kind === 'operator' && opening.has(text)) open.push({ name: text === '(' ? before : '', argument: 0 })
    else if (kind === 'operator' && closing.has(text)) open.pop()
    else if (kind === 'operator' && text === ',') {
      const inner = open.at(-1)
      if (inner !== undefined) inner.argument += 1
    }
    before = kind === 'function' ? text : ''
  }
  // A group or a list inside an argument belongs to the call around it.
  const call = open.findLast(({ name }) => byName.has(name))
  const help = byName.get(call?.name ?? '')
  return call === undefined || help === undefined ? null : { help, argument: call.argument }
}

/** The known function whose name stands at the caret. */
export function functionAt(source: string, caret: number): (Part & { readonly help: FunctionHelp }) | null {
  let from = 0
  for (const { kind, text } of tokens(source)) {
    const to = from + text.length
    if (caret >= from && caret < to) {
      const help = kind === 'function' ? byName.get(text) : undefined
      return help === undefined ? null : { from, to, help }
    }
    from = to
  }
  return null
}

/** Where each argument stands in the signature, to be shown in bold while it is written. */
export function argumentsOf({ signature }: FunctionHelp): readonly Part[] {
  const from = signature.indexOf('(') + 1
  const inside = signature.slice(from, signature.lastIndexOf(')'))
  return [...inside.matchAll(/[^,\s][^,]*/g)].map(({ index, 0: text }) => ({ from: from + index, to: from + index + text.length }))
}

/** A pattern between slashes holds brackets and commas of its own; it is blanked out, place by place. */
function withoutPatterns(source: string): string {
  return source.replace(/([(,]\s*)\/(?![/*])(?:\\.|[^/\\\n])*\/?/g, (whole, lead: string) => lead + 'x'.repeat(whole.length - lead.length))
}
