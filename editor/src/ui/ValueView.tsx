import type { ReactNode } from 'react'
import { useFormat, useSay, useT } from '../app/i18n/index.ts'
import { isInLanguages } from './in-languages.ts'
import { isMasked, MaskedValue } from './MaskedValue.tsx'
import { moneyIn } from './money-in.ts'
import { SealAction } from './SealAction.tsx'
import { SealedText } from './SealedText.tsx'
import styles from './ValueView.module.css'

const depthMax = 8
const itemsMax = 200

export interface ValueViewProps {
  readonly value: unknown
  /** What a name is called; the name itself where nothing better is known. */
  readonly labelOf?: (name: string) => string
  /** What a text stands for: an address is a person, a code is a word; the text itself where nothing better is known. */
  readonly wordOf?: (text: string) => string
}

/** Any JSON as people read it: names and values, money as money, sealed values as such. Text is always shown as text. */
export function ValueView({ value, labelOf = asIs, wordOf = asIs }: ValueViewProps) {
  return (
    <div className={styles.view}>
      <Value value={value} depth={0} labelOf={labelOf} wordOf={wordOf} />
    </div>
  )
}

interface Part {
  readonly value: unknown
  readonly depth: number
  readonly labelOf: (name: string) => string
  readonly wordOf: (text: string) => string
}

const asIs = (text: string) => text

function Value({ value, depth, labelOf, wordOf }: Part): ReactNode {
  const t = useT()
  const say = useSay()
  if (isMasked(value))
    return (
      <>
        <MaskedValue reason={value.$masked} />
        <SealAction seal={value} />
      </>
    )
  if (value === null || value === undefined) return <span className={styles.nothing}>—</span>
  if (typeof value === 'boolean') return <span className={styles.text}>{t(value ? 'app.yes' : 'app.no')}</span>
  if (typeof value !== 'object' || depth >= depthMax) {
    return (
      <span className={styles.text}>{typeof value === 'object' ? JSON.stringify(value) : <SealedText text={wordOf(String(value))} />}</span>
    )
  }
  if (isInLanguages(value)) return <span className={styles.text}>{say(value)}</span>
  if (Array.isArray(value)) return <Items value={value} depth={depth} labelOf={labelOf} wordOf={wordOf} />
  return <Names value={value as Record<string, unknown>} depth={depth} labelOf={labelOf} wordOf={wordOf} />
}

function Names({ value, depth, labelOf, wordOf }: Part & { readonly value: Record<string, unknown> }) {
  const format = useFormat()
  const all = Object.entries(value).map(([name, each]) => [name, each, moneyIn(value, name)] as const)
  const pairs = all.filter(([name]) => name !== 'currency' || all.every(([, , money]) => money === null))
  return (
    <dl className={depth === 0 ? styles.top : styles.nested}>
      {pairs.slice(0, itemsMax).map(([name, each, money]) => (
        <div key={name} className={styles.pair} data-nested={isBranch(each) || undefined}>
          <dt className={styles.name}>{labelOf(name)}</dt>
          <dd className={styles.value}>
            {money !== null ? (
              <strong>{format.money(money.amount, money.currency)}</strong>
            ) : (
              <Value value={each} depth={depth + 1} labelOf={labelOf} wordOf={wordOf} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isBranch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isMasked(value) || isInLanguages(value)) return false
  return !Array.isArray(value) || value.some((item) => typeof item === 'object' && item !== null && !isMasked(item) && !isInLanguages(item))
}

function Items({ value, depth, labelOf, wordOf }: Part & { readonly value: readonly unknown[] }) {
  if (value.length === 0) return <span className={styles.nothing}>—</span>
  return (
    <ul className={styles.items}>
      {value.slice(0, itemsMax).map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: recorded data, never reordered.
        <li key={index}>
          <Value value={item} depth={depth + 1} labelOf={labelOf} wordOf={wordOf} />
        </li>
      ))}
    </ul>
  )
}
