import styles from './Kbd.module.css'

const isApple = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)
const apple: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Control: '⌃' }
const others: Readonly<Record<string, string>> = { Mod: 'Ctrl' }
const symbols: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  ' ': 'Space',
}

/** `Mod+Shift+K` as the keys are named on this machine. */
export function keyNames(keys: string): readonly string[] {
  const parts = keys === '+' ? ['+'] : keys.split('+').map((part) => (part === '' ? '+' : part))
  return parts.map((part) => (isApple ? apple[part] : others[part]) ?? symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}

/** `isQuiet`: only for the eye, where the keys are not part of a name. */
export function Kbd({ keys, isQuiet = false }: { readonly keys: string; readonly isQuiet?: boolean }) {
  return (
    <span className={styles.keys} aria-hidden={isQuiet || undefined}>
      {keyNames(keys).map((name) => (
        <kbd key={name} className={styles.key}>
          {name}
        </kbd>
      ))}
    </span>
  )
}
