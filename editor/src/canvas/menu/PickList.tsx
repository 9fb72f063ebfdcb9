import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { imeGuard } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import styles from './PickList.module.css'

export interface PickItem {
  readonly id: string
  readonly title: string
  readonly detail?: string | undefined
  readonly icon?: ReactNode
  /** Why it cannot be chosen; it stays visible below the others. */
  readonly reason?: string | undefined
  readonly attributes?: Readonly<Record<`data-${string}`, string>>
}

/** A search field over a list, worked by arrows and Enter; the field keeps the focus. */
export function PickList({
  label,
  placeholder,
  items,
  query,
  onQuery,
  onPick,
  onClose,
}: {
  readonly label: string
  readonly placeholder: string
  readonly items: readonly PickItem[]
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onPick: (id: string) => void
  readonly onClose: () => void
}) {
  const t = useT()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const [ime] = useState(() => imeGuard(() => performance.now()))
  const ready = items.filter((item) => item.reason === undefined)
  const chosen = ready[Math.min(at, ready.length - 1)]

  useEffect(() => {
    const option = chosen === undefined ? null : list.current?.querySelector(`[data-pick="${CSS.escape(chosen.id)}"]`)
    option?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  return (
    <div className={styles.box}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the box exists only because the person asked for it.
        autoFocus
        className={styles.field}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(chosen !== undefined && { 'aria-activedescendant': `${id}-${chosen.id}` })}
        placeholder={placeholder}
        value={query}
        data-testid="pick-field"
        onChange={(event) => {
          setAt(0)
          onQuery(event.currentTarget.value)
        }}
        onCompositionEnd={ime.composed}
        onKeyDown={(event) => {
          if (ime.isComposing(event.nativeEvent)) return
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            const step = event.key === 'ArrowDown' ? 1 : -1
            setAt((before) => (Math.min(before, ready.length - 1) + step + ready.length) % Math.max(1, ready.length))
          } else if (event.key === 'Enter') {
            event.preventDefault()
            if (chosen !== undefined) onPick(chosen.id)
          } else if (event.key === 'Escape' || (event.key === 'Tab' && query === '')) {
            event.preventDefault()
            event.stopPropagation()
            onClose()
          }
        }}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {items.length === 0 && <p className={styles.empty}>{t('app.no-matches')}</p>}
        {items.map((item) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys for the whole list.
          <div
            key={item.id}
            id={`${id}-${item.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={item.id === chosen?.id}
            aria-disabled={item.reason !== undefined}
            className={cx(styles.item, item.id === chosen?.id && styles.chosen, item.reason !== undefined && styles.refused)}
            data-pick={item.id}
            {...item.attributes}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => item.reason === undefined && onPick(item.id)}
            onMouseMove={() => {
              const index = ready.indexOf(item)
              if (index >= 0 && index !== at) setAt(index)
            }}
          >
            {item.icon}
            <span className={styles.words}>
              <span className={styles.title}>{item.title}</span>
              {(item.reason ?? item.detail) !== undefined && <span className={styles.detail}>{item.reason ?? item.detail}</span>}
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
