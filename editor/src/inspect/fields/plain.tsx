import { useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { MoneyField, NumberField, Select, Switch, TextArea, TextField } from '../../ui/index.ts'
import { durationParts, durationText, type Unit, units } from './duration-text.ts'
import styles from './Fields.module.css'
import { asText, type WidgetProps } from './types.ts'

const orNothing = (text: string) => (text === '' ? undefined : text)

export function TextWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  const isCode = field.widget === 'event-type'
  return (
    <TextField
      id={id}
      aria-label={field.name}
      value={asText(value)}
      onChange={(text) => onChange(orNothing(text))}
      isDisabled={isDisabled}
      isCode={isCode}
    />
  )
}

export function LongTextWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  return (
    <TextArea
      id={id}
      aria-label={field.name}
      value={asText(value)}
      onChange={(text) => onChange(orNothing(text))}
      isDisabled={isDisabled}
      rows={3}
    />
  )
}

export function NumberWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  const { minimum, maximum, type } = field.schema
  return (
    <NumberField
      id={id}
      aria-label={field.name}
      value={numberOf(value ?? field.schema.default)}
      onChange={(number) => onChange(Number.isNaN(number) ? undefined : number)}
      isDisabled={isDisabled}
      {...(typeof minimum === 'number' && { minValue: minimum })}
      {...(typeof maximum === 'number' && { maxValue: maximum })}
      {...(type === 'integer' ? { step: 1 } : { formatOptions: { maximumFractionDigits: 6 } })}
    />
  )
}

/** As with a choice or a switch: where nothing is said, what holds is shown. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN
}

export function SwitchWidget({ value, onChange, isDisabled, field }: WidgetProps) {
  const t = useT()
  const isOn = value === undefined ? field.schema.default === true : value === true
  return (
    <Switch isSelected={isOn} isDisabled={isDisabled} onChange={onChange}>
      {t(isOn ? 'app.yes' : 'app.no')}
    </Switch>
  )
}

const nothing = '\u0000'

export function SelectWidget({ value, onChange, isDisabled, field }: WidgetProps) {
  const t = useT()
  const say = useSay()
  const options = field.options.map((option) => ({ value: String(option.value), label: say(option.label) }))
  const optional = field.isMain ? [] : [{ value: nothing, label: t('inspect.select.none') }]
  const shown = value ?? field.schema.default
  return (
    <Select
      aria-label={say(field.title)}
      options={[...optional, ...options]}
      value={shown === undefined || shown === null ? null : String(shown)}
      isDisabled={isDisabled}
      onChange={(chosen) =>
        onChange(chosen === nothing ? undefined : field.options.find((option) => String(option.value) === chosen)?.value)
      }
    />
  )
}

/** Amounts are whole minor units in the flow and decimals on the screen. */
export function MoneyWidget({ value, onChange, id, isDisabled, field, siblings }: WidgetProps) {
  const currency = typeof siblings.currency === 'string' && /^[A-Z]{3}$/.test(siblings.currency) ? siblings.currency : 'CNY'
  return (
    <MoneyField
      id={id}
      aria-label={field.name}
      value={typeof value === 'number' ? value : undefined}
      currency={currency}
      isDisabled={isDisabled}
      onChange={onChange}
    />
  )
}

/** “90 seconds” instead of `PT90S`; a duration of several parts is shown as it is written. */
export function DurationWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  const t = useT()
  const text = asText(value ?? field.schema.default)
  const parts = durationParts(text)
  const [unit, setUnit] = useState<Unit>(parts?.unit ?? 'minutes')
  const shownUnit = parts?.unit ?? unit
  if (text !== '' && parts === null)
    return (
      <TextField
        id={id}
        aria-label={field.name}
        value={text}
        isCode
        isDisabled={isDisabled}
        onChange={(next) => onChange(orNothing(next))}
      />
    )
  return (
    <div className={styles.row}>
      <NumberField
        id={id}
        aria-label={field.name}
        className={styles.grow}
        minValue={0}
        isDisabled={isDisabled}
        value={parts?.count ?? Number.NaN}
        onChange={(count) => onChange(Number.isNaN(count) ? undefined : durationText(count, shownUnit))}
      />
      <Select
        aria-label={t('inspect.duration.unit')}
        className={styles.narrow}
        isDisabled={isDisabled}
        value={shownUnit}
        onChange={(next) => {
          setUnit(next)
          if (parts !== null) onChange(durationText(parts.count, next))
        }}
        options={units.map((each) => ({ value: each, label: t(`inspect.duration.${each}`, { count: parts?.count ?? 2 }) }))}
      />
    </div>
  )
}

export function InstantWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  const at = Date.parse(asText(value))
  const local = Number.isNaN(at) ? '' : new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  return (
    <input
      id={id}
      aria-label={field.name}
      className={styles.cell}
      type="datetime-local"
      value={local}
      disabled={isDisabled}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : new Date(event.currentTarget.value).toISOString())}
    />
  )
}
