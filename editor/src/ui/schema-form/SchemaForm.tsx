import { lazy, Suspense } from 'react'
import { useLanguageStore } from '../../app/i18n/index.ts'
import { Checkbox } from '../Checkbox.tsx'
import { RadioGroup } from '../RadioGroup.tsx'
import { type Option, Select } from '../Select.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { Switch } from '../Switch.tsx'
import { TextArea, TextField } from '../TextField.tsx'
import styles from './SchemaForm.module.css'
import { type FormSchema, inOrder, kindOf, type LocalText } from './schema.ts'

/** The number parser is heavy and few forms ask for a number. */
const NumberField = lazy(async () => ({ default: (await import('../NumberField.tsx')).NumberField }))

const MoneyField = lazy(async () => ({ default: (await import('../MoneyField.tsx')).MoneyField }))

export type FormData = Readonly<Record<string, unknown>>

/** Few enough to see them all at once. */
const radioMax = 4

export interface SchemaFormProps {
  readonly schema: FormSchema
  readonly data: FormData
  readonly onChange: (data: FormData) => void
  /** By JSON pointer: ours, or the server's words. */
  readonly errors: ReadonlyMap<string, string>
  readonly isDisabled?: boolean
  readonly at?: string
}

/** One field below the other, in the order of the schema. */
export function SchemaForm({ schema, data, onChange, errors, isDisabled = false, at = '' }: SchemaFormProps) {
  return (
    <div className={styles.form}>
      {inOrder(schema.properties ?? {}, schema['x-order']).map(([name, field]) => (
        <SchemaField
          key={name}
          name={name}
          schema={field}
          value={data[name]}
          path={`${at}/${name}`}
          errors={errors}
          isRequired={schema.required?.includes(name) === true}
          isDisabled={isDisabled}
          onChange={(value) => {
            const { [name]: _, ...rest } = data
            onChange(value === undefined ? rest : { ...data, [name]: value })
          }}
        />
      ))}
    </div>
  )
}

interface FieldProps {
  readonly name: string
  readonly schema: FormSchema
  readonly value: unknown
  readonly path: string
  readonly errors: ReadonlyMap<string, string>
  readonly isRequired: boolean
  readonly isDisabled: boolean
  readonly onChange: (value: unknown) => void
}

function useSchemaText(): (text: string | LocalText | undefined) => string {
  const language = useLanguageStore((state) => state.language)
  // Written in one language only, it is better read in that one than not at all.
  return (text) =>
    text === undefined ? '' : typeof text === 'string' ? text : language === 'zh-CN' ? text['zh-CN'] || text.en : text.en || text['zh-CN']
}

function SchemaField({ name, schema, value, path, errors, isRequired, isDisabled, onChange }: FieldProps) {
  const say = useSchemaText()
  const label = say(schema['x-title'] ?? schema.title) || name
  const help = say(schema['x-help'] ?? schema.description)
  const kind = kindOf(schema)
  const common = { label, error: errors.get(path), isRequired, isDisabled, ...(help !== '' && { description: help }) }
  if (kind === 'boolean') {
    return (
      <Switch isSelected={value === true} onChange={onChange} isDisabled={isDisabled}>
        {label}
      </Switch>
    )
  }
  if (kind === 'number' || kind === 'integer') {
    return (
      <Suspense fallback={<Skeleton height={32} />}>
        <NumberField
          {...common}
          value={typeof value === 'number' ? value : Number.NaN}
          onChange={(number) => onChange(Number.isNaN(number) ? undefined : number)}
          {...(kind === 'integer' && { formatOptions: { maximumFractionDigits: 0 } })}
          {...(schema.minimum !== undefined && { minValue: schema.minimum })}
          {...(schema.maximum !== undefined && { maxValue: schema.maximum })}
        />
      </Suspense>
    )
  }
  if (kind === 'money') {
    return (
      <Suspense fallback={<Skeleton height={32} />}>
        <MoneyField
          {...common}
          description={help === '' ? undefined : help}
          value={typeof value === 'number' ? value : undefined}
          currency={schema['x-currency'] ?? 'CNY'}
          onChange={onChange}
        />
      </Suspense>
    )
  }
  if (kind === 'choice')
    return <Choice common={common} options={optionsOf(schema, say)} value={value} schema={schema} onChange={onChange} />
  if (kind === 'choices') return <Choices label={label} schema={schema} value={value} isDisabled={isDisabled} onChange={onChange} />
  if (kind === 'group') {
    return (
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{label}</legend>
        <SchemaForm
          schema={schema}
          data={typeof value === 'object' && value !== null ? (value as FormData) : {}}
          onChange={onChange}
          errors={errors}
          isDisabled={isDisabled}
          at={path}
        />
      </fieldset>
    )
  }
  if (kind === 'json') return <JsonField common={common} value={value} onChange={onChange} />
  const text = typeof value === 'string' ? value : ''
  const change = (next: string) => onChange(next === '' ? undefined : next)
  if (kind === 'long-text') return <TextArea {...common} value={text} onChange={change} />
  return (
    <TextField
      {...common}
      value={text}
      onChange={change}
      type={kind === 'date' ? 'date' : schema.format === 'email' ? 'email' : schema.format === 'uri' ? 'url' : 'text'}
    />
  )
}

type Say = ReturnType<typeof useSchemaText>

function optionsOf(schema: FormSchema, say: Say): readonly Option[] {
  if (schema.oneOf !== undefined)
    return schema.oneOf.map((each) => ({ value: String(each.const), label: say(each['x-title'] ?? each.title) || String(each.const) }))
  return (schema.enum ?? []).map((each) => ({ value: String(each), label: say(schema['x-options']?.[String(each)]) || String(each) }))
}

interface ChoiceProps {
  readonly common: {
    readonly label: string
    readonly error: string | undefined
    readonly isRequired: boolean
    readonly isDisabled: boolean
  }
  readonly options: readonly Option[]
  readonly value: unknown
  readonly schema: FormSchema
  readonly onChange: (value: unknown) => void
}

function Choice({ common, options, value, schema, onChange }: ChoiceProps) {
  const given = schema.enum ?? schema.oneOf?.map((each) => each.const) ?? []
  const choose = (text: string) => onChange(given.find((each) => String(each) === text))
  const chosen = value === undefined || value === null ? null : String(value)
  return options.length <= radioMax ? (
    <RadioGroup {...common} options={options} value={chosen} onChange={choose} />
  ) : (
    <Select {...common} options={options} value={chosen} onChange={choose} />
  )
}

function Choices({
  label,
  schema,
  value,
  isDisabled,
  onChange,
}: {
  readonly label: string
  readonly schema: FormSchema
  readonly value: unknown
  readonly isDisabled: boolean
  readonly onChange: (value: unknown) => void
}) {
  const say = useSchemaText()
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  const labels = schema['x-options'] ?? schema.items?.['x-options']
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.name}>{label}</legend>
      {(schema.items?.enum ?? []).map((each) => (
        <Checkbox
          key={String(each)}
          isSelected={chosen.includes(each)}
          isDisabled={isDisabled}
          onChange={(isOn) => onChange(isOn ? [...chosen, each] : chosen.filter((other) => other !== each))}
        >
          {say(labels?.[String(each)]) || String(each)}
        </Checkbox>
      ))}
    </fieldset>
  )
}

function JsonField({
  common,
  value,
  onChange,
}: {
  readonly common: ChoiceProps['common']
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}) {
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const change = (next: string) => {
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next))
    } catch {
      // Half-typed JSON stays as text; the server refuses it if it is sent so.
      onChange(next)
    }
  }
  return <TextArea {...common} value={text} onChange={change} isCode rows={4} />
}
