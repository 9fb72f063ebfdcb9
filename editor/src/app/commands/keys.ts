/** A key combination as commands declare it: `Mod+K`, `Shift+Delete`, `?`, `Alt+ArrowUp`. `Mod` is ⌘ on Apple machines, Ctrl elsewhere. */
export interface Combination {
  readonly key: string
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
}

export interface KeyLike {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

export function parseKeys(text: string): Combination {
  const parts = text === '+' ? ['+'] : text.replace(/\+\+$/, '+Plus').split('+')
  const last = parts.at(-1) ?? ''
  const key = last === 'Plus' ? '+' : last
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  }
}

/** The Latin letter or sign on the key cap, for layouts and Option keys that type something else. */
function capOf(code: string): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
  if (/^Digit\d$/.test(code)) return code.slice(5)
  if (code === 'BracketLeft') return '['
  if (code === 'BracketRight') return ']'
  return null
}

export function matches(combination: Combination, event: KeyLike, isApple: boolean): boolean {
  const mod = isApple ? event.metaKey : event.ctrlKey
  const otherMod = isApple ? event.ctrlKey : event.metaKey
  if (otherMod || mod !== combination.mod || event.altKey !== combination.alt) return false
  const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key
  // A sign such as `?` or `+` needs Shift on some layouts and not on others; letters, digits and named keys mean Shift.
  const isSign = combination.key.length === 1 && !/[a-z0-9]/.test(combination.key)
  if (!(isSign && !combination.shift) && event.shiftKey !== combination.shift) return false
  if (typed === combination.key) return true
  return (combination.mod || combination.alt) && capOf(event.code) === combination.key
}

/** Without Ctrl, ⌘ or a function key: would type something in a text field. */
export function isBare(combination: Combination): boolean {
  return !combination.mod && !/^F\d+$/.test(combination.key)
}

/** The combination a person pressed, as commands declare it; null while only Shift, Ctrl and the like are down. */
export function combinationOf(event: KeyLike): string | null {
  if (['Control', 'Meta', 'Shift', 'Alt', 'Process', 'Unidentified', 'Dead'].includes(event.key)) return null
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isSign = event.key.length === 1 && !/[a-z0-9]/i.test(event.key)
  const parts = [event.ctrlKey || event.metaKey ? 'Mod' : '', event.altKey ? 'Alt' : '', event.shiftKey && !isSign ? 'Shift' : '', key]
  return parts.filter((part) => part !== '').join('+')
}
