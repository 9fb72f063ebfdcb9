import { imeGuard } from './ime.ts'
import { isBare, matches, parseKeys } from './keys.ts'
import { type Command, keysOf, listCommands } from './registry.ts'

const textSelector =
  'input:not([type=checkbox],[type=radio],[type=range],[type=button]),textarea,select,[contenteditable=""],[contenteditable=true],[role=textbox]'
const overlaySelector = '[role=dialog],[role=alertdialog],[role=menu],[role=listbox]'

export interface Place {
  readonly isText: boolean
  readonly isOverlay: boolean
  /** Scopes around the focus. */
  readonly scopes: readonly string[]
}

/** Where the focus is, as far as keys care. */
function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return { isText: false, isOverlay: false, scopes: [] }
  const scopes: string[] = []
  for (
    let element = target.closest('[data-key-scope]');
    element !== null;
    element = element.parentElement?.closest('[data-key-scope]') ?? null
  ) {
    scopes.push(...(element.getAttribute('data-key-scope') ?? '').split(/\s+/))
  }
  return { isText: target.closest(textSelector) !== null, isOverlay: target.closest(overlaySelector) !== null, scopes }
}

/** Whether this combination of this command may act where the focus is. */
export function mayAct(command: Command, keys: string, place: Place): boolean {
  if (place.isOverlay && command.inDialog !== true) return false
  if (place.isText && command.inText !== true) return false
  return command.scope === 'app' || !isBare(parseKeys(keys)) || place.scopes.includes(command.scope)
}

/** Listens on the window; once, for the whole page. Gives back how to stop. */
export function installKeyboard(target: Window): () => void {
  const isApple = /Mac|iP(hone|ad|od)/.test(target.navigator.platform)
  const ime = imeGuard(() => target.performance.now())
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || ime.isComposing(event)) return
    const place = placeOf(event.target)
    // The one registered last is the closest to what is on screen.
    const commands = [...listCommands()].reverse()
    for (const command of commands) {
      const keys = keysOf(command).find((each) => matches(parseKeys(each), event, isApple) && mayAct(command, each, place))
      if (keys === undefined || command.when?.() === false) continue
      event.preventDefault()
      event.stopPropagation()
      command.run('keys')
      return
    }
  }
  const composed = () => ime.composed()
  // Components keep Ctrl and ⌘ combinations to themselves when they bubble, so these are taken on the way down. There also ends what an
  // input method uses: no form is sent, no box closed and no line begun by the Enter that takes a word.
  const down = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' || event.key === 'Escape') && ime.isComposing(event)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    } else if (event.ctrlKey || event.metaKey) onKey(event)
  }
  const up = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) onKey(event)
  }
  target.addEventListener('keydown', down, true)
  target.addEventListener('keydown', up)
  target.addEventListener('compositionend', composed, true)
  return () => {
    target.removeEventListener('keydown', down, true)
    target.removeEventListener('keydown', up)
    target.removeEventListener('compositionend', composed, true)
  }
}
