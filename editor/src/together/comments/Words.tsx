import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useCommands } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import { textMax } from './api.ts'
import styles from './Comments.module.css'
import { mentionsIn, namingAt, offered, type Person } from './mentions.ts'

/** A few words to send. Enter sends, with Ctrl or ⌘ too, Shift Enter begins a line, Escape leaves; an input method keeps its own keys. */
export function Words({
  label,
  action,
  start = '',
  takesFocus = true,
  isBusy,
  people,
  onSend,
  onCancel,
}: {
  readonly label: string
  readonly action: string
  readonly start?: string
  readonly takesFocus?: boolean
  readonly isBusy: boolean
  /** Who can be named with an @. */
  readonly people: readonly Person[]
  readonly onSend: (text: string, mentions: readonly string[]) => Promise<unknown>
  readonly onCancel?: () => void
}) {
  const t = useT()
  const [text, setText] = useState(start)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const listId = useId()
  const naming = caret === null ? null : namingAt(text, caret)
  const choices = naming === null ? [] : offered(people, naming.begun)
  const chosen = choices[Math.min(at, choices.length - 1)]
  const take = (person: Person) => {
    if (naming === null || caret === null) return
    const name = `@${person.name} `
    setText(text.slice(0, naming.from) + name + text.slice(caret))
    setCaret(null)
    const place = naming.from + name.length
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(place, place)
    })
  }
  const isEmpty = text.trim() === ''
  const send = () => {
    if (isEmpty || isBusy) return
    void onSend(text.trim(), mentionsIn(text, people)).then(
      () => setText(''),
      () => undefined,
    )
  }
  const [hasFocus, setFocus] = useState(false)
  // Elsewhere on the canvas this key sends an event to the flow: here it never may.
  const sends = {
    id: 'together.comments.send',
    title: () => action,
    keys: ['Mod+Enter'],
    scope: 'app',
    inText: true,
    notInPalette: true,
  } as const
  useCommands(hasFocus ? [{ ...sends, run: send }] : [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (chosen !== undefined) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      const isTaken = event.key === 'Enter' || event.key === 'Tab'
      if (step !== 0 || isTaken || event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        if (step !== 0) setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length)
        else if (isTaken) take(chosen)
        else setCaret(null)
        return
      }
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      event.stopPropagation()
      send()
    }
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation()
      onCancel()
    }
  }
  return (
    <div className={styles.words}>
      <textarea
        ref={field}
        className={styles.field}
        aria-label={label}
        placeholder={label}
        rows={2}
        maxLength={textMax}
        value={text}
        dir="auto"
        onChange={(event) => {
          setText(event.target.value)
          setCaret(event.target.selectionStart)
          setAt(0)
        }}
        onFocus={() => setFocus(true)}
        onBlur={() => {
          setFocus(false)
          setCaret(null)
        }}
        onKeyDown={onKeyDown}
        aria-autocomplete="list"
        {...(chosen !== undefined && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen.id}` })}
      />
      {choices.length > 0 && (
        <div id={listId} className={styles.names} role="listbox" aria-label={t('together.comments.names')} data-testid="names">
          {choices.map((person) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the one that is meant.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              aria-selected={person === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(person)}
            >
              <bdi>{person.name}</bdi>
            </div>
          ))}
        </div>
      )}
      <span className={styles.choices}>
        {text.length > textMax * 0.8 && (
          <span className={styles.quiet}>{t('together.comments.left', { count: textMax - text.length })}</span>
        )}
        {onCancel !== undefined && (
          <Button size="small" tone="quiet" onPress={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
        <Button size="small" tone="primary" isDisabled={isEmpty || isBusy} onPress={send}>
          {action}
        </Button>
      </span>
    </div>
  )
}
