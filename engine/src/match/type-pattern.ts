/**
 * Event types a trigger listens to: one type (`order.placed`), everything below a name (`order.*`), or everything (`*`).
 * A star stands for at least one more part: `order.*` takes `order.placed` and `order.item.added`, not `order`.
 */
export function typeFits(pattern: string, type: string): boolean {
  if (pattern === '*') return type !== ''
  return isPattern(pattern) ? type.length >= pattern.length && type.startsWith(pattern.slice(0, -1)) : pattern === type
}

function isPattern(pattern: string): boolean {
  return pattern === '*' || pattern.endsWith('.*')
}

/** Every pattern with a star that fits a type. @example `patternsFor('a.b.c') // ['*', 'a.*', 'a.b.*']` */
export function patternsFor(type: string): readonly string[] {
  if (type === '') return []
  const patterns = ['*']
  for (let dot = type.indexOf('.'); dot !== -1 && dot < type.length - 1; dot = type.indexOf('.', dot + 1)) {
    patterns.push(`${type.slice(0, dot)}.*`)
  }
  return patterns
}
