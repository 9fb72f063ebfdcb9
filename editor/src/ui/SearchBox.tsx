import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import { fieldStyles as styles } from './field-styles.ts'

/** A search field without the kit, for places that belong to a first visit. Escape and the cross empty it. */
export function SearchBox({
  label,
  value,
  onChange,
  onEnter,
  onFocus,
}: {
  /** Accessible name; the placeholder says the same. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onEnter?: () => void
  readonly onFocus?: () => void
}) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const clear = () => {
    onChange('')
    input.current?.focus()
  }
  return (
    <div className={cx(styles.group, styles.searchBox)}>
      <span className={styles.lead}>
        <Search size={14} aria-hidden="true" />
      </span>
      <input
        ref={input}
        type="search"
        // Words of a search are not checked: the browser would lay out the page for it after each letter.
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        className={styles.bare}
        value={value}
        onFocus={onFocus}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter and Escape of an input method belong to the word that is being typed.
          if (event.nativeEvent.isComposing || event.keyCode === 229) return
          if (event.key === 'Enter') onEnter?.()
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            onChange('')
          }
        }}
      />
      {value !== '' && (
        <button type="button" className={styles.aside} aria-label={t('app.clear')} onClick={clear}>
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
