const expression = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g
const reference = /\bnodes\s*\.\s*(`?)([A-Za-z][A-Za-z0-9_-]*)\1/g

/** Steps that expressions in a value name as `nodes.<id>`. */
export function stepsNamed(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') {
    for (const [part] of value.matchAll(expression)) for (const match of part.matchAll(reference)) found.add(match[2] ?? '')
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) stepsNamed(each, found)
  }
  return found
}

/** Puts another place where expressions name a step: `nodes.mask` → `nodes.start.mask`. */
export function rewriteReferences(value: unknown, places: ReadonlyMap<string, string>): unknown {
  return mapText(value, (text) =>
    text.replace(expression, (part) => part.replace(reference, (whole, _tick: string, id: string) => places.get(id) ?? whole)),
  )
}

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => mapText(each, change))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapText(each, change)]))
  return value
}

/** Makes expressions follow their steps to new ids: `nodes.mask` → `nodes.mask2`, also as ``nodes.`mask` ``. Text outside expressions stays. */
export function renameReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return inText(value, names)
  if (Array.isArray(value)) return value.map((each) => renameReferences(each, names))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renameReferences(each, names)]))
  return value
}

function inText(text: string, names: ReadonlyMap<string, string>): string {
  if (!text.includes('nodes')) return text
  return text.replace(expression, (part) =>
    part.replace(reference, (whole, tick: string, id: string) => {
      const renamed = names.get(id)
      return renamed === undefined ? whole : `nodes.${tick}${renamed}${tick}`
    }),
  )
}
