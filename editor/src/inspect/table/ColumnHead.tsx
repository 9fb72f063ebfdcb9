// biome-ignore-all lint/a11y/useSemanticElements: the grid is made of rows of their own, see Grid.tsx.
// biome-ignore-all lint/a11y/useFocusableInteractive: the input of the chosen cell has the focus.
import type { ColumnType } from '@sluice/nodes/core/table'
import { ArrowRight, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, cx, Popover, PopoverTrigger, Select, TextField } from '../../ui/index.ts'
import { ExpressionField } from '../fields/ExpressionField.tsx'
import fields from '../fields/Fields.module.css'
import { mark, sourceOf } from '../modes.ts'
import styles from './ColumnHead.module.css'
import { changeColumn, columnAt, isOutput, removeColumn, type Sheet } from './table-model.ts'

const types = ['any', 'text', 'number', 'boolean', 'date'] as const
const wellNamed = /^[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]{0,63}$/

/** The head of a column: its name and type; opened, where its value comes from. */
export function ColumnHead({
  sheet,
  column,
  id,
  isDisabled,
  onChange,
}: {
  readonly sheet: Sheet
  readonly column: number
  readonly id: string
  readonly isDisabled: boolean
  readonly onChange: (sheet: Sheet) => void
}) {
  const t = useT()
  const isOut = isOutput(sheet, column)
  const { name, type } = columnAt(sheet, column) ?? { name: '' }
  const [text, setText] = useState(name)
  const [seen, setSeen] = useState(name)
  if (seen !== name) {
    setSeen(name)
    setText(name)
  }
  const others = [...sheet.inputs, ...sheet.outputs].filter((_, index) => index !== column)
  const wrong = !wellNamed.test(text)
    ? t('table.column.name.wrong')
    : others.some((each) => each.name === text)
      ? t('table.column.name.taken')
      : null
  const source = isOut ? '' : sourceOf(sheet.inputs[column]?.value)
  const needsValue = !isOut && source === ''
  return (
    <div role="columnheader" aria-colindex={column + 2} className={cx(styles.head, isOut && styles.out)}>
      <PopoverTrigger>
        <Button
          size="small"
          tone="quiet"
          className={cx(styles.button, needsValue && styles.missing)}
          aria-label={t(isOut ? 'table.column.output' : 'table.column.input', { name })}
        >
          <span className={styles.words}>
            <span className={styles.name}>
              {isOut && <ArrowRight size={11} aria-hidden="true" />}
              {name === '' ? '…' : name}
            </span>
            <span className={styles.type}>{needsValue ? t('table.column.no-value') : t(`table.type.${type ?? 'any'}`)}</span>
          </span>
        </Button>
        <Popover label={t(isOut ? 'table.column.output' : 'table.column.input', { name })} placement="bottom start">
          <div className={styles.form} data-testid="table-column">
            <TextField
              label={t('table.column.name')}
              value={text}
              isDisabled={isDisabled}
              isCode
              error={wrong}
              onChange={setText}
              onBlur={() => (wrong === null && text !== name ? onChange(changeColumn(sheet, column, { name: text })) : setText(name))}
            />
            <Select
              label={t('table.column.type')}
              value={type ?? 'any'}
              isDisabled={isDisabled}
              options={types.map((value) => ({ value, label: t(`table.type.${value}`) }))}
              onChange={(value) =>
                onChange(changeColumn(sheet, column, { type: (value === 'any' ? undefined : value) as ColumnType } as { type: ColumnType }))
              }
            />
            {!isOut && (
              <div className={fields.stack}>
                <label className={fields.label} htmlFor={`${id}-${column}`}>
                  {t('table.column.value')}
                </label>
                <ExpressionField
                  id={`${id}-${column}`}
                  label={t('table.column.value')}
                  source={source}
                  isDisabled={isDisabled}
                  wants={type === 'date' ? 'string' : type === 'text' ? 'string' : type}
                  onChange={(next) => onChange(changeColumn(sheet, column, { value: next === '' ? '' : mark(next) }))}
                />
              </div>
            )}
            {!isDisabled && (
              <Button
                size="small"
                tone="danger"
                icon={<Trash2 size={13} aria-hidden="true" />}
                onPress={() => onChange(removeColumn(sheet, column))}
              >
                {t('table.column.remove')}
              </Button>
            )}
          </div>
        </Popover>
      </PopoverTrigger>
    </div>
  )
}
