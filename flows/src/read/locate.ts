/** Where something is in a text, counted from 1 as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

const depthMax = 500

/**
 * Reads JSON once more, slowly, to say where things are; only called when something is wrong.
 * `broken` is the first character that is not JSON, or null when the text is fine.
 */
export function locateJson(
  text: string,
  wanted: ReadonlySet<string>,
): { readonly found: ReadonlyMap<string, number>; readonly broken: number | null } {
  const locator = new Locator(text, wanted)
  return { found: locator.found, broken: locator.read() }
}

class Broken {
  readonly at: number
  constructor(at: number) {
    this.at = at
  }
}

const literals = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y

class Locator {
  readonly found = new Map<string, number>()
  readonly #text: string
  readonly #wanted: ReadonlySet<string>
  #at = 0

  constructor(text: string, wanted: ReadonlySet<string>) {
    this.#text = text
    this.#wanted = wanted
  }

  read(): number | null {
    try {
      this.#value('', 0)
      this.#space()
      return this.#at < this.#text.length ? this.#at : null
    } catch (error) {
      if (error instanceof Broken) return error.at
      throw error
    }
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1
  }

  #take(char: string): boolean {
    this.#space()
    if (this.#text.charAt(this.#at) !== char) return false
    this.#at += 1
    return true
  }

  #must(char: string): void {
    if (!this.#take(char)) throw new Broken(this.#at)
  }

  #value(path: string, depth: number): void {
    this.#space()
    if (this.#wanted.has(path)) this.found.set(path, this.#at)
    if (depth > depthMax) throw new Broken(this.#at)
    const char = this.#text.charAt(this.#at)
    if (char === '{') this.#members(path, depth)
    else if (char === '[') this.#items(path, depth)
    else if (char === '"') this.#quoted()
    else this.#literal()
  }

  #members(path: string, depth: number): void {
    this.#must('{')
    if (this.#take('}')) return
    do {
      this.#space()
      const start = this.#at
      const key = this.#quoted()
      const below = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      this.#must(':')
      this.#value(below, depth + 1)
      // A field is where its name stands: that is what is too much, misspelt or wrong.
      if (this.#wanted.has(below)) this.found.set(below, start)
    } while (this.#take(','))
    this.#must('}')
  }

  #items(path: string, depth: number): void {
    this.#must('[')
    if (this.#take(']')) return
    let index = 0
    do this.#value(`${path}/${index++}`, depth + 1)
    while (this.#take(','))
    this.#must(']')
  }

  #quoted(): string {
    const start = this.#at
    if (this.#text.charAt(start) !== '"') throw new Broken(start)
    let end = start + 1
    while (end < this.#text.length && this.#text.charAt(end) !== '"') end += this.#text.charAt(end) === '\\' ? 2 : 1
    try {
      const text = JSON.parse(this.#text.slice(start, end + 1)) as string
      this.#at = end + 1
      return text
    } catch {
      throw new Broken(start)
    }
  }

  #literal(): void {
    literals.lastIndex = this.#at
    const match = literals.exec(this.#text)
    if (match === null) throw new Broken(this.#at)
    this.#at += match[0].length
  }
}
