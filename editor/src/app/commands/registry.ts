import { create } from 'zustand'

export type CommandSource = 'keys' | 'palette' | 'menu' | 'toolbar'

/**
 * Every action of the product. Toolbars, menus, the palette, the shortcut sheet and tests read this registry;
 * no handler is wired any other way.
 */
export interface Command {
  /** `canvas.undo` */
  readonly id: string
  /** Asked each time, so that it follows the language. */
  readonly title: () => string
  /** `Mod+Z`; the first one is shown. */
  readonly keys?: readonly string[]
  /**
   * Where bare keys act: `app` everywhere but in text, otherwise only with the focus inside `data-key-scope="<scope>"`.
   * Also the heading on the shortcut sheet.
   */
  readonly scope: 'app' | 'canvas' | 'replay'
  readonly when?: () => boolean
  readonly run: (source: CommandSource) => void
  /** Acts while typing too; for combinations that no text field needs. */
  readonly inText?: boolean
  /** Acts while a dialog is open. */
  readonly inDialog?: boolean
  /** Works by key, but would only be noise in the palette (arrow keys and the like). */
  readonly notInPalette?: boolean
  /** More words to find it by. */
  readonly keywords?: readonly string[]
}

const overridesKey = 'sluice.keys'
type Overrides = Readonly<Record<string, readonly string[]>>

function storedOverrides(): Overrides {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(overridesKey) ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Overrides) : {}
  } catch {
    return {}
  }
}

interface Registry {
  /** In the order of registration; a later one with the same id covers the earlier. */
  readonly commands: readonly Command[]
  readonly overrides: Overrides
}

export const useRegistry = create<Registry>(() => ({
  commands: [],
  overrides: typeof localStorage === 'undefined' ? {} : storedOverrides(),
}))

/** Gives back what takes them away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  useRegistry.setState((state) => ({ commands: [...state.commands, ...commands] }))
  return () => useRegistry.setState((state) => ({ commands: state.commands.filter((command) => !commands.includes(command)) }))
}

/** Commands of this moment, each id once. */
export function listCommands(): readonly Command[] {
  return [...new Map(useRegistry.getState().commands.map((command) => [command.id, command])).values()]
}

export function keysOf(command: Command): readonly string[] {
  return useRegistry.getState().overrides[command.id] ?? command.keys ?? []
}

/** A person's own keys; `null` goes back to ours. */
export function setKeys(id: string, keys: readonly string[] | null): void {
  useRegistry.setState((state) => {
    const { [id]: _, ...rest } = state.overrides
    const overrides = keys === null ? rest : { ...rest, [id]: keys }
    localStorage.setItem(overridesKey, JSON.stringify(overrides))
    return { overrides }
  })
}

const doneListeners = new Set<(id: string) => void>()

/** Many commands only open something: whatever carries them out then tells here that it did. */
export function commandDone(id: string): void {
  for (const listener of doneListeners) listener(id)
}

/** Gives back how to stop listening. */
export function whenCommandDone(listener: (id: string) => void): () => void {
  doneListeners.add(listener)
  return () => doneListeners.delete(listener)
}

/** False when there is no such command now or it cannot run. */
export function runCommand(id: string, source: CommandSource = 'menu'): boolean {
  const command = listCommands().find((each) => each.id === id)
  if (command === undefined || command.when?.() === false) return false
  command.run(source)
  return true
}
