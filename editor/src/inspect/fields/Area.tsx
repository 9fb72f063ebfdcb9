import { type DragEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import { documentOf } from '../data/document.ts'
import { useScope } from '../data/scope-context.ts'
import { complete, type Suggestion } from '../expression/complete.ts'
import type { Token } from '../expression/highlight.ts'
import { suggestionText } from '../expression/suggestion-text.ts'
import styles from './Area.module.css'

export const pathType = 'application/x-sluice-path'

export interface AreaProps {
  readonly id: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly tokens: (text: string) => readonly Token[]
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  readonly isCode?: boolean
  /** How a dropped or chosen path is written here. */
  readonly insertAs: (path: string) => string
  /** Where completion looks: the whole text, or only inside `{{ … }}`. */
  readonly completes: 'all' | 'holes' | 'never'
  readonly onFocusChange?: (hasFocus: boolean) => void
  /** There is more room for this text elsewhere: Enter goes there, Shift Enter begins a line, and `=` goes there where nothing stands yet. */
  readonly onEnlarge?: (() => void) | undefined
  readonly autoFocus?: boolean
  readonly inputRef?: React.RefObject<HTMLTextAreaElement | null>
}

/**
 * A text area that colours what is typed: the coloured copy lies below and makes the room, the text itself is see-through. Works with
 * every input method. Nothing is measured: that would lay out the whole page again for each of them, whenever one is drawn.
 */
export function Area(props: AreaProps) {
  const { insertAs } = props
  // An expression is kept without the spaces around it; while it is written they are there, or no second word could be begun.
  const [draft, setDraft] = useState(props.value)
  const value = props.completes === 'all' && draft.trim() === props.value ? draft : props.value
  const onChange = (text: string) => {
    setDraft(text)
    props.onChange(text)
  }
  const own = useRef<HTMLTextAreaElement>(null)
  const area = props.inputRef ?? own
  const { scope, seen } = useScope()
  const t = useT()
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const [isDropping, setDropping] = useState(false)
  const wantedCaret = useRef<number | null>(null)

  const suggestions = caret === null || scope === null ? null : suggest(props.completes, value, caret, documentOf(scope), seen)
  const items = suggestions?.items ?? []

  useLayoutEffect(() => {
    const element = area.current
    if (element === null || wantedCaret.current === null) return
    element.setSelectionRange(wantedCaret.current, wantedCaret.current)
    wantedCaret.current = null
  })
  useEffect(() => {
    if (props.autoFocus !== true || area.current === null) return
    area.current.focus()
    area.current.setSelectionRange(area.current.value.length, area.current.value.length)
  }, [props.autoFocus, area])

  const replace = (from: number, to: number, text: string) => {
    wantedCaret.current = from + text.length
    onChange(value.slice(0, from) + text + value.slice(to))
    setCaret(null)
  }
  const take = (item: Suggestion) => {
    if (suggestions !== null && caret !== null) replace(suggestions.from, caret, item.insert)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      setCaret(event.currentTarget.selectionStart)
    } else if (items.length > 0 && caret !== null) {
      const chosen = items[Math.min(at, items.length - 1)]
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        setAt((before) => (before + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length)
      } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) {
        event.preventDefault()
        take(chosen)
      } else if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        setCaret(null)
      }
    } else if (props.onEnlarge !== undefined && isToEnlarge(event, value)) {
      event.preventDefault()
      props.onEnlarge()
    }
  }
  const drop = (event: DragEvent<HTMLTextAreaElement>) => {
    const path = event.dataTransfer.getData(pathType)
    setDropping(false)
    if (path === '' || area.current?.readOnly === true) return
    event.preventDefault()
    const place = area.current?.selectionStart ?? value.length
    const text = insertAs(path)
    wantedCaret.current = place + text.length
    onChange(value.slice(0, place) + text + value.slice(place))
    area.current?.focus()
  }
  return (
    <div className={cx(styles.frame, props.isCode === true && styles.code, isDropping && styles.dropping)}>
      <div className={styles.shadow} aria-hidden="true">
        {props.tokens(value).map((token, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity beyond their place.
          <span key={index} className={styles[token.kind]}>
            {token.text}
          </span>
        ))}
        {value === '' && <span className={styles.unseen}>{props.placeholder}</span>}{' '}
      </div>
      <textarea
        ref={area}
        id={props.id}
        className={styles.input}
        value={value}
        rows={1}
        placeholder={props.placeholder}
        disabled={props.isDisabled}
        spellCheck={props.isCode !== true}
        autoComplete="off"
        onChange={(event) => {
          const { selectionStart, value: next } = event.currentTarget
          onChange(next)
          setAt(0)
          setCaret(/[\w.$`\u00c0-\uffff]/.test(next.charAt(selectionStart - 1)) ? selectionStart : null)
        }}
        onKeyDown={onKeyDown}
        onSelect={(event) => caret !== null && setCaret(event.currentTarget.selectionStart)}
        onFocus={() => props.onFocusChange?.(true)}
        onBlur={() => {
          setCaret(null)
          props.onFocusChange?.(false)
        }}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(pathType)) {
            event.preventDefault()
            setDropping(true)
          }
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={drop}
      />
      {items.length > 0 && caret !== null && (
        <ul className={styles.menu} data-testid="completions">
          {items.slice(0, 12).map((item, index) => (
            <li key={item.label}>
              <button
                type="button"
                tabIndex={-1}
                className={cx(styles.suggestion, index === at && styles.chosen)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(item)}
              >
                <span>{item.label}</span>
                <span className={styles.detail}>{suggestionText(item, t)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function isToEnlarge({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, value: string): boolean {
  if (ctrlKey || metaKey || altKey) return false
  return (key === 'Enter' && !shiftKey) || (key === '=' && value === '')
}

function suggest(
  where: AreaProps['completes'],
  text: string,
  caret: number,
  document: ReturnType<typeof documentOf>,
  seen: ReturnType<typeof useScope>['seen'],
) {
  if (where === 'never') return null
  if (where === 'holes') {
    const open = text.lastIndexOf('{{', caret - 1)
    if (open < 0 || (text.indexOf('}}', open) >= 0 && text.indexOf('}}', open) < caret - 1)) return null
    const inside = complete(text.slice(open + 2), caret - open - 2, document, seen)
    return { from: inside.from + open + 2, items: inside.items }
  }
  return complete(text, caret, document, seen)
}
