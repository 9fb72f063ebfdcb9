import { ChevronRight, GripVertical } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { cx, isMasked, MaskedValue, SealAction } from '../../ui/index.ts'
import { pathType } from '../fields/Area.tsx'
import { pathText } from '../modes.ts'
import styles from './DataTree.module.css'
import { typeOf } from './type-of.ts'

const itemsMax = 100

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
  return (
    <ul className={styles.tree}>
      {entries(value).map(([name, each]) => (
        <Branch key={name} name={name} value={each} path={[...root, name]} depth={1} opened={opened} onPick={onPick} labelOf={labelOf} />
      ))}
    </ul>
  )
}

function entries(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.slice(0, itemsMax).map((each, index) => [index, each] as const)
  if (typeof value === 'object' && value !== null && !isMasked(value)) return Object.entries(value)
  return []
}

function Branch({
  name,
  value,
  path,
  depth,
  opened,
  onPick,
  labelOf,
}: {
  readonly name: string | number
  readonly value: unknown
  readonly path: readonly (string | number)[]
  readonly depth: number
  readonly opened: number
  readonly onPick?: ((path: string, value: unknown) => void) | undefined
  readonly labelOf: (name: string) => string
}) {
  const t = useT()
  const label = typeof name === 'string' ? labelOf(name) : ''
  const [isOpen, setOpen] = useState(depth < opened)
  const below = entries(value)
  const text = pathText(path)
  return (
    <li>
      <div className={cx(styles.row, isMasked(value) && styles.sealed)} style={{ paddingInlineStart: (depth - 1) * 14 }}>
        {below.length > 0 ? (
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
        </button>
        {isMasked(value) && <SealAction seal={value} />}
      </div>
      {isOpen && below.length > 0 && (
        <ul>
          {below.map(([key, each]) => (
            <Branch
              key={key}
              name={key}
              value={each}
              path={[...path, key]}
              depth={depth + 1}
              opened={opened}
              onPick={onPick}
              labelOf={labelOf}
            />
          ))}
        </ul>
      )}
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
