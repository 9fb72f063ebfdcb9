import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { fieldsQuery } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { Button, Checkbox, ComboBox, IconButton, TextField } from '../../ui/index.ts'
import { fieldsOf, optionsOf, readField } from '../schema/read-schema.ts'
import { ConditionField, ExpressionField } from './ExpressionField.tsx'
import styles from './Fields.module.css'
import { FixedWidget } from './FixedWidget.tsx'
import { asText, type WidgetProps } from './types.ts'

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** A list of choices as tick boxes, of texts as tags, of anything larger as cards. */
export function ListWidget(props: WidgetProps) {
  const { field } = props
  const items = recordOf(field.schema.items)
  if (optionsOf(items as never).length > 0) return <ChoiceList {...props} />
  if (items.type === 'object') return <CardList {...props} />
  return <TagList {...props} suggestions={[]} />
}

function ChoiceList({ field, value, onChange, isDisabled }: WidgetProps) {
  const say = useSay()
  const chosen = listOf(value)
  return (
    <div className={styles.checks}>
      {optionsOf(recordOf(field.schema.items) as never).map((option) => (
        <Checkbox
          key={String(option.value)}
          isSelected={chosen.includes(option.value)}
          isDisabled={isDisabled}
          onChange={(isOn) => {
            const next = isOn ? [...chosen, option.value] : chosen.filter((each) => each !== option.value)
            onChange(next.length === 0 ? undefined : next)
          }}
        >
          {say(option.label)}
        </Checkbox>
      ))}
    </div>
  )
}

/** Names of customer fields, from the workspace's own list; others may be typed. */
export function CustomerFieldsWidget(props: WidgetProps) {
  const say = useSay()
  const known = useQuery(fieldsQuery).data?.items ?? []
  return <TagList {...props} suggestions={known.map((each) => ({ value: each.name, label: say(each.label) }))} />
}

function TagList({
  value,
  onChange,
  isDisabled,
  field,
  suggestions,
}: WidgetProps & { readonly suggestions: readonly { readonly value: string; readonly label: string }[] }) {
  const t = useT()
  const say = useSay()
  const tags = listOf(value).map(asText)
  const [text, setText] = useState('')
  const change = (next: readonly string[]) => onChange(next.length === 0 && !field.isRequired ? undefined : next)
  const add = (tag: string) => {
    const clean = tag.trim()
    setText('')
    if (clean !== '' && !tags.includes(clean)) change([...tags, clean])
  }
  const labelOf = (tag: string) => suggestions.find((each) => each.value === tag)?.label ?? tag
  const rest = suggestions.filter((each) => !tags.includes(each.value))
  return (
    <div className={styles.stack}>
      {tags.length > 0 && (
        <div className={styles.tags}>
          {tags.map((tag) => (
            <span key={tag} className={styles.tag} data-tag={tag} title={tag}>
              {labelOf(tag)}
              {!isDisabled && (
                <IconButton
                  size="small"
                  label={t('inspect.list.remove', { name: labelOf(tag) })}
                  icon={<X size={12} aria-hidden="true" />}
                  onPress={() => change(tags.filter((each) => each !== tag))}
                />
              )}
            </span>
          ))}
        </div>
      )}
      {!isDisabled && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only catches Enter on its way out of the field inside.
        <div
          className={styles.row}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229 || text.trim() === '') return
            event.preventDefault()
            add(text)
          }}
        >
          {rest.length > 0 ? (
            <ComboBox
              className={styles.grow}
              aria-label={t('inspect.list.add-to', { name: say(field.title) })}
              placeholder={t('inspect.list.add')}
              allowsCustomValue
              options={rest}
              value={null}
              inputValue={text}
              onInputChange={setText}
              onChange={(chosen) => chosen !== null && add(chosen)}
            />
          ) : (
            <TextField
              className={styles.grow}
              aria-label={t('inspect.list.add-to', { name: say(field.title) })}
              placeholder={t('inspect.list.add')}
              value={text}
              onChange={setText}
            />
          )}
          <IconButton
            label={t('inspect.list.add')}
            icon={<Plus size={15} aria-hidden="true" />}
            isDisabled={text.trim() === ''}
            onPress={() => add(text)}
          />
        </div>
      )}
    </div>
  )
}

/** Rules read from top to bottom: a condition and the way out it opens. */
export function CardList({ field, value, onChange, isDisabled, id }: WidgetProps) {
  const t = useT()
  const say = useSay()
  const rows = listOf(value).map(recordOf)
  const parts = fieldsOf(field.schema.items)
  const set = (index: number, name: string, next: unknown) =>
    onChange(
      rows.map((row, at) => {
        if (at !== index) return row
        const { [name]: _old, ...rest } = row
        return next === undefined ? rest : { ...rest, [name]: next }
      }),
    )
  const move = (index: number, by: number) => {
    const next = [...rows]
    const [row] = next.splice(index, 1)
    if (row !== undefined) next.splice(index + by, 0, row)
    onChange(next)
  }
  return (
    <div className={styles.stack}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place only.
        <div key={index} className={styles.card} data-row={index}>
          <div className={styles.cardHead}>
            <span>{index + 1}</span>
            {!isDisabled && (
              <span>
                <IconButton
                  size="small"
                  label={t('inspect.list.up')}
                  icon={<ArrowUp size={13} aria-hidden="true" />}
                  isDisabled={index === 0}
                  onPress={() => move(index, -1)}
                />
                <IconButton
                  size="small"
                  label={t('inspect.list.down')}
                  icon={<ArrowDown size={13} aria-hidden="true" />}
                  isDisabled={index === rows.length - 1}
                  onPress={() => move(index, 1)}
                />
                <IconButton
                  size="small"
                  label={t('inspect.list.remove', { name: String(index + 1) })}
                  icon={<X size={13} aria-hidden="true" />}
                  onPress={() => onChange(rows.filter((_, at) => at !== index))}
                />
              </span>
            )}
          </div>
          {parts.map((part) => (
            <div key={part.name} className={styles.stack}>
              <label className={styles.label} htmlFor={`${id}-${index}-${part.name}`}>
                {say(part.title)}
              </label>
              {part.widget === 'expression' && part.isCondition ? (
                <ConditionField
                  id={`${id}-${index}-${part.name}`}
                  label={say(part.title)}
                  source={asText(row[part.name])}
                  onChange={(next) => set(index, part.name, next)}
                  isDisabled={isDisabled}
                />
              ) : part.widget === 'expression' ? (
                <ExpressionField
                  id={`${id}-${index}-${part.name}`}
                  label={say(part.title)}
                  source={asText(row[part.name])}
                  onChange={(next) => set(index, part.name, next)}
                  isDisabled={isDisabled}
                />
              ) : (
                <FixedWidget
                  field={part}
                  id={`${id}-${index}-${part.name}`}
                  value={row[part.name]}
                  onChange={(next) => set(index, part.name, next)}
                  isDisabled={isDisabled}
                  siblings={row}
                />
              )}
            </div>
          ))}
        </div>
      ))}
      {!isDisabled && (
        <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onPress={() => onChange([...rows, {}])}>
          {t('inspect.list.add-row')}
        </Button>
      )}
    </div>
  )
}

/** Names and values: headers of a request, fields to change. */
export function MappingWidget({ field, value, onChange, isDisabled, id }: WidgetProps) {
  const t = useT()
  const pairs = Object.entries(recordOf(value))
  const [fresh, setFresh] = useState('')
  const part = readField(
    'value',
    recordOf(field.schema.additionalProperties ?? Object.values(recordOf(field.schema.patternProperties))[0]) as never,
    false,
  )
  const put = (next: readonly (readonly [string, unknown])[]) =>
    onChange(next.length === 0 && !field.isRequired ? undefined : Object.fromEntries(next))
  const add = () => {
    const name = fresh.trim()
    setFresh('')
    if (name !== '' && !pairs.some(([each]) => each === name)) put([...pairs, [name, '']])
  }
  return (
    <div className={styles.stack}>
      {pairs.map(([name, each]) => (
        <div key={name} className={styles.card}>
          <div className={styles.cardHead}>
            <code>{name}</code>
            {!isDisabled && (
              <IconButton
                size="small"
                label={t('inspect.list.remove', { name })}
                icon={<X size={13} aria-hidden="true" />}
                onPress={() => put(pairs.filter(([other]) => other !== name))}
              />
            )}
          </div>
          <FixedWidget
            field={{ ...part, widget: part.widget === 'value' ? 'value' : part.widget }}
            id={`${id}-${name}`}
            value={each}
            siblings={{}}
            isDisabled={isDisabled}
            onChange={(next) => put(pairs.map(([other, old]) => [other, other === name ? (next ?? '') : old]))}
          />
        </div>
      ))}
      {!isDisabled && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only catches Enter on its way out of the field inside.
        <div
          className={styles.row}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return
            event.preventDefault()
            add()
          }}
        >
          <TextField
            className={styles.grow}
            aria-label={t('inspect.mapping.name')}
            placeholder={t('inspect.mapping.name')}
            value={fresh}
            onChange={setFresh}
            isCode
          />
          <IconButton
            label={t('inspect.list.add')}
            icon={<Plus size={15} aria-hidden="true" />}
            isDisabled={fresh.trim() === ''}
            onPress={add}
          />
        </div>
      )}
    </div>
  )
}
