/** First of `name`, `name2`, `name3`, … that is free; cut so that the format's 64 letters hold. */
export function freshId(wanted: string, taken: (id: string) => boolean): string {
  const base = wanted.replace(/[^A-Za-z0-9_]/g, '').replace(/^[^A-Za-z]+/, '') || 'step'
  const root = base.slice(0, 56)
  if (!taken(root)) return root
  let number = 2
  while (taken(`${root}${number}`)) number++
  return `${root}${number}`
}

/** `masking.mask-fields` → `maskFields`: readable in `nodes.maskFields`, where a hyphen would mean minus. */
export function idFromType(type: string): string {
  const name = type.slice(type.indexOf('.') + 1)
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The id without its number, so that copies count on: `wait3` → `wait`. */
export function idStem(id: string): string {
  return id.replace(/\d+$/, '') || id
}
