/** Makes expressions follow their steps to new ids: `nodes.mask` → `nodes.mask2`, also as ``nodes.`mask` ``. Text outside expressions stays. */
export function renameReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return inText(value, names)
  if (Array.isArray(value)) return value.map((each) => renameReferences(each, names))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renameReferences(each, names)]))
  return value
}

const expression = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g
const reference = /\bnodes\s*\.\s*(`?)([A-Za-z][A-Za-z0-9_-]*)\1/g

function inText(text: string, names: ReadonlyMap<string, string>): string {
  if (!text.includes('nodes')) return text
  return text.replace(expression, (part) =>
    part.replace(reference, (whole, tick: string, id: string) => {
      const renamed = names.get(id)
      return renamed === undefined ? whole : `nodes.${tick}${renamed}${tick}`
    }),
  )
}
