/**
 * How a field gets its value (EDITOR.md §7.1): written down, picked from the data, or computed.
 * All three live in one raw value: `{% path %}` is picked, `{% anything else %}` is an expression, the rest is fixed.
 */
export type Mode = 'fixed' | 'picked' | 'expression'

const marked = /^\s*\{%([\s\S]*)%\}\s*$/
const segment = '(?:`[^`]+`|[A-Za-z_\\u00c0-\\uffff][\\w\\u00c0-\\uffff]*)'
const path = new RegExp(`^(?:event|input|nodes|vars|run|now)(?:\\.${segment}|\\[\\d+\\])*$`)

function isMarked(value: unknown): value is string {
  return typeof value === 'string' && marked.test(value)
}

/** What stands between the marks; a text without marks is all of it. */
export function sourceOf(value: unknown): string {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value)
  return (marked.exec(value)?.[1] ?? value).trim()
}

export function mark(source: string): string {
  return `{% ${source.trim()} %}`
}

export function isPath(source: string): boolean {
  return path.test(source.trim())
}

export function modeOf(value: unknown): Mode {
  if (!isMarked(value)) return 'fixed'
  return isPath(sourceOf(value)) ? 'picked' : 'expression'
}

/** A path as JSONata writes it: names that are no plain words go between backticks. */
export function pathText(parts: readonly (string | number)[]): string {
  return parts.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = /^[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*$/.test(part) ? part : `\`${part}\``
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** The parts of a written path, for its chip. @example `partsOf('nodes.mask.`full name`') // ['nodes', 'mask', 'full name']` */
export function partsOf(source: string): readonly string[] {
  return [...source.matchAll(/`([^`]+)`|\[(\d+)\]|([^.[\]`]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

type Remembered = { readonly [Key in Mode]?: unknown }

/** Values of the modes a field is not in, so that switching there and back loses nothing. Lives as long as the page. */
export class ModeMemory {
  private readonly kept = new Map<string, Remembered>()

  /** The raw value of a field in its new mode. */
  change(field: string, value: unknown, to: Mode): unknown {
    const from = modeOf(value)
    const before = this.kept.get(field) ?? {}
    this.kept.set(field, { ...before, [from]: value })
    if (to in before) return before[to]
    if (to === 'expression') return mark(value === undefined ? '' : from === 'fixed' ? JSON.stringify(value) : sourceOf(value))
    // Nothing was picked or written here yet.
    return undefined
  }
}

export const modeMemory = new ModeMemory()
