import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { scrollWithin } from './scroll-within.ts'
import styles from './Tabs.module.css'

export interface TabItem {
  readonly id: string
  readonly title: ReactNode
  /** Small number beside the title. */
  readonly count?: number | undefined
  readonly content: ReactNode
}

export interface TabsProps {
  readonly label: string
  readonly items: readonly TabItem[]
  readonly selected?: string
  readonly onSelect?: (id: string) => void
  readonly className?: string | undefined
  readonly panelClassName?: string | undefined
}

/** One tab stop; arrows, Home and End go from tab to tab and open it. Only the open panel is on the page. */
export function Tabs({ label, items, selected, onSelect, className, panelClassName }: TabsProps) {
  const own = useId()
  const list = useRef<HTMLDivElement>(null)
  const [last, setLast] = useState(items[0]?.id)
  const open = items.find(({ id }) => id === (selected ?? last)) ?? items[0]
  useEffect(() => {
    // On a phone there are more tabs than room: the open one is in sight.
    // Asked together with the frame, which lays the page out anyway.
    const frame = requestAnimationFrame(() => {
      const tab = list.current?.querySelector('[data-selected]')
      if (open?.id !== undefined && list.current !== null && tab != null) scrollWithin(list.current, tab)
    })
    return () => cancelAnimationFrame(frame)
  }, [open?.id])
  const choose = (id: string) => {
    setLast(id)
    if (id !== open?.id) onSelect?.(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex(({ id }) => id === open?.id)
    const to = { ArrowRight: (at + 1) % items.length, ArrowLeft: (at + items.length - 1) % items.length, Home: 0, End: items.length - 1 }
    const next = Object.hasOwn(to, event.key) ? to[event.key as keyof typeof to] : undefined
    const item = next === undefined ? undefined : items[next]
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    choose(item.id)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next ?? 0]?.focus()
  }
  return (
    <div className={cx(styles.tabs, className)}>
      <div ref={list} role="tablist" aria-label={label} className={styles.list} onKeyDown={onKeyDown}>
        {items.map(({ id, title, count }) => {
          const isOpen = id === open?.id
          return (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${own}${id}`}
              aria-selected={isOpen}
              {...(isOpen && { 'aria-controls': `${own}${id}-panel`, 'data-selected': true })}
              tabIndex={isOpen ? 0 : -1}
              className={styles.tab}
              onClick={() => choose(id)}
            >
              {title}
              {count !== undefined && <span className={styles.count}>{count}</span>}
            </button>
          )
        })}
      </div>
      {open !== undefined && (
        <div
          key={open.id}
          role="tabpanel"
          id={`${own}${open.id}-panel`}
          aria-labelledby={`${own}${open.id}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel of words alone is read by keyboard as well.
          tabIndex={0}
          className={cx(styles.panel, panelClassName)}
        >
          {open.content}
        </div>
      )}
    </div>
  )
}
