import { useT } from '../app/i18n/index.ts'
import { Select } from '../ui/index.ts'
import { ExpressionField } from './fields/ExpressionField.tsx'
import { mark, sourceOf } from './modes.ts'

type Name = 'concurrency' | 'rate' | 'debounce'

/** What a limit on starts counts by. Without an expression all starts of the flow count together. */
export function LimitKey<Setting extends { readonly key?: string }>(props: {
  readonly name: Name
  readonly setting: Setting
  readonly isDisabled: boolean
  readonly onChange: (setting: Setting) => void
}) {
  const t = useT()
  return (
    <ExpressionField
      id={`flow-${props.name}`}
      placeholder="event.subject"
      label={t(`canvas.settings.${props.name}.key`)}
      source={sourceOf(props.setting.key)}
      isDisabled={props.isDisabled}
      onChange={(source) => {
        const { key: _, ...rest } = props.setting
        props.onChange((source.trim() === '' ? rest : { ...rest, key: mark(source) }) as Setting)
      }}
    />
  )
}

/** What happens to a start for which there is no place. */
export function WhenFull<Choice extends 'queue' | 'drop' | 'replace'>(props: {
  readonly value: Choice
  readonly choices: readonly Choice[]
  readonly isDisabled: boolean
  readonly onChange: (choice: Choice) => void
}) {
  const t = useT()
  return (
    <Select
      label={t('canvas.settings.concurrency.when-full')}
      isDisabled={props.isDisabled}
      value={props.value}
      onChange={props.onChange}
      options={props.choices.map((value) => ({ value, label: t(`canvas.settings.when-full.${value}`) }))}
    />
  )
}
