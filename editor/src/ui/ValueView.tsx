import type { ReactNode } from 'react'
import { useT } from '../app/i18n/index.ts'
import { isMasked, MaskedValue } from './MaskedValue.tsx'
import styles from './ValueView.module.css'

const depthMax = 8
const itemsMax = 200

/** Any JSON as people read it: names and values, sealed ones as such. Text is always shown as text. */
export function ValueView({ value }: { readonly value: unknown }) {
  return <div className={styles.view}>{show(value, 0)}</div>
}

function show(value: unknown, depth: number): ReactNode {
  if (isMasked(value)) return <MaskedValue reason={value.$masked} />
  if (value === null || value === undefined) return <span className={styles.nothing}>—</span>
  if (typeof value === 'boolean') return <Truth value={value} />
  if (typeof value !== 'object' || depth >= depthMax)
    return <span className={styles.text}>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  if (Array.isArray(value)) return <Items items={value} depth={depth} />
  return (
    <dl className={depth === 0 ? styles.top : styles.nested}>
      {Object.entries(value)
        .slice(0, itemsMax)
        .map(([name, each]) => (
          <div key={name} className={styles.pair} data-nested={isBranch(each) || undefined}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{show(each, depth + 1)}</dd>
          </div>
        ))}
    </dl>
  )
}

function isBranch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isMasked(value)) return false
  return !Array.isArray(value) || value.some((item) => typeof item === 'object' && item !== null && !isMasked(item))
}

function Truth({ value }: { readonly value: boolean }) {
  const t = useT()
  return <span className={styles.text}>{t(value ? 'app.yes' : 'app.no')}</span>
}

function Items({ items, depth }: { readonly items: readonly unknown[]; readonly depth: number }) {
  if (items.length === 0) return <span className={styles.nothing}>—</span>
  return (
    <ul className={styles.items}>
      {items.slice(0, itemsMax).map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: recorded data, never reordered.
        <li key={index}>{show(item, depth + 1)}</li>
      ))}
    </ul>
  )
}
