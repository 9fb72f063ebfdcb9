import { ChevronRight, GripVertical } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { cx, isMasked, MaskedValue, SealAction } from '../../ui/index.ts'
import { moneyIn } from '../../ui/money-in.ts'
import { pathType } from '../fields/Area.tsx'
import { pathText } from '../modes.ts'
import styles from './DataTree.module.css'
import { typeOf } from './type-of.ts'

/** As many items of a list as fit a screen: a thousand rows below one name would hold up whatever opens with them. */
const itemsAtFirst = 20
const itemsPerStep = 100
const indent = 14

/** Data as a tree: each place can be dragged into a field or chosen. Sealed values show that they are sealed, and why. */
export function DataTree({
  value,
  root,
  onPick,
  opened = 2,
}: {
  readonly value: unknown
  /** Path of what is shown, for example `['event']`; empty shows names that cannot be picked. */
  readonly root: readonly (string | number)[]
  readonly onPick?: ((path: string, value: unknown) => void) | undefined
  /** Levels that are open at first. */
  readonly opened?: number
}) {
  const labelOf = useFieldLabel()
  return <Branches className={styles.tree} value={value} path={root} depth={1} opened={opened} onPick={onPick} labelOf={labelOf} />
}

function entries(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((each, index) => [index, each] as const)
  if (typeof value === 'object' && value !== null && !isMasked(value)) return Object.entries(value)
  return []
}

interface Below {
  readonly value: unknown
  readonly path: readonly (string | number)[]
  readonly depth: number
  readonly opened: number
  readonly onPick?: ((path: string, value: unknown) => void) | undefined
  readonly labelOf: (name: string) => string
}

/** What is in a value, and how much of a long list is not shown yet. */
function Branches({ value, path, depth, opened, onPick, labelOf, className }: Below & { readonly className?: string | undefined }) {
  const t = useT()
  const [most, setMost] = useState(itemsAtFirst)
  const all = entries(value)
  const show = (last: Element | null | undefined) => {
    flushSync(() => setMost(most + itemsPerStep))
    // The button may be gone: whoever works by keys goes on at what it showed.
    last?.nextElementSibling?.querySelector<HTMLElement>('[data-path]')?.focus()
  }
  return (
    <ul className={className}>
      {all.slice(0, most).map(([name, each]) => (
        <Branch
          key={name}
          name={name}
          value={each}
          path={[...path, name]}
          depth={depth}
          opened={opened}
          onPick={onPick}
          labelOf={labelOf}
          money={moneyIn(Object(value), String(name))}
        />
      ))}
      {all.length > most && (
        <li style={{ paddingInlineStart: (depth - 1) * indent }}>
          <button
            type="button"
            className={styles.more}
            onClick={({ currentTarget }) => show(currentTarget.closest('li')?.previousElementSibling)}
          >
            {t('table.more', { count: all.length - most })}
          </button>
        </li>
      )}
    </ul>
  )
}

function Branch({
  name,
  value,
  path,
  depth,
  opened,
  onPick,
  labelOf,
  money,
}: Below & { readonly name: string | number; readonly money: ReturnType<typeof moneyIn> }) {
  const t = useT()
  const format = useFormat()
  const label = typeof name === 'string' ? labelOf(name) : ''
  const [isOpen, setOpen] = useState(depth < opened)
  const isBranch = entries(value).length > 0
  const text = pathText(path)
  return (
    <li>
      <div className={cx(styles.row, isMasked(value) && styles.sealed)} style={{ paddingInlineStart: (depth - 1) * indent }}>
        {isBranch ? (
          <button type="button" className={styles.toggle} aria-expanded={isOpen} aria-label={String(name)} onClick={() => setOpen(!isOpen)}>
            <ChevronRight size={12} className={cx(isOpen && styles.isOpen)} aria-hidden="true" />
          </button>
        ) : (
          <span className={styles.toggle} />
        )}
        <button
          type="button"
          className={cx(styles.place, onPick !== undefined && styles.pickable)}
          draggable
          data-path={text}
          title={onPick === undefined ? text : t('inspect.data.pick', { path: text })}
          onDragStart={(event) => {
            event.dataTransfer.setData(pathType, text)
            event.dataTransfer.setData('text/plain', text)
            event.dataTransfer.effectAllowed = 'copy'
          }}
          onClick={() => (onPick === undefined ? setOpen(!isOpen) : onPick(text, value))}
        >
          <GripVertical size={11} className={styles.grip} aria-hidden="true" />
          <span className={styles.name}>{name}</span>
          {label !== '' && label.toLowerCase() !== String(name) && <span className={styles.label}>{label}</span>}
          <Shown value={value} />
          {money !== null && <span className={styles.label}>{format.money(money.amount, money.currency)}</span>}
        </button>
        {isMasked(value) && <SealAction seal={value} />}
      </div>
      {isOpen && isBranch && <Branches value={value} path={path} depth={depth + 1} opened={opened} onPick={onPick} labelOf={labelOf} />}
    </li>
  )
}

export function Shown({ value }: { readonly value: unknown }) {
  const t = useT()
  const type = typeOf(value)
  if (isMasked(value))
    return (
      <>
        <MaskedValue reason={value.$masked} isShort />
        {type !== 'masked' && (
          <span className={styles.value} data-type={type}>
            ••• {t(`inspect.type.${type}`)}
          </span>
        )}
      </>
    )
  const text =
    type === 'array'
      ? `[${(value as readonly unknown[]).length}]`
      : type === 'object'
        ? `{${Object.keys(value as object).length}}`
        : type === 'string'
          ? String(value)
          : value === undefined
            ? '∅'
            : String(value)
  return <span className={cx(styles.value, styles[type])}>{text}</span>
}
