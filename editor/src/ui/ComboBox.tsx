import { ChevronDown } from 'lucide-react'
import { ComboBox as AriaComboBox, Button, Group, Input, type Key, ListBox, Popover, useFilter } from 'react-aria-components'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import { FieldFoot, type FieldFrame, FieldLabel, fieldClass, fieldStyles, groupClass } from './Field.tsx'
import list from './ListBox.module.css'
import { type Option, optionItem } from './Select.tsx'

export interface ComboBoxProps<Value extends string = string> extends FieldFrame {
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
  /** What is typed; give both to search on the server. */
  readonly inputValue?: string
  readonly onInputChange?: (text: string) => void
  /** Anything may be typed; `onChange` then gets the text. */
  readonly allowsCustomValue?: boolean
  readonly placeholder?: string
  readonly isDisabled?: boolean
  readonly isRequired?: boolean
  readonly 'aria-label'?: string
}

export function ComboBox<Value extends string = string>({
  label,
  description,
  error,
  className,
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: ComboBoxProps<Value>) {
  const t = useT()
  const { contains } = useFilter({ sensitivity: 'base' })
  /** A code is looked for by what it means too. */
  const isWanted = (name: string, typed: string) =>
    contains(name, typed) || options.some((option) => option.label === name && option.help !== undefined && contains(option.help, typed))
  return (
    <AriaComboBox
      {...rest}
      value={value}
      defaultFilter={isWanted}
      onChange={(key: Key | null) => onChange(key === null ? null : (String(key) as Value))}
      isInvalid={Boolean(error)}
      menuTrigger="focus"
      allowsEmptyCollection
      className={cx(fieldClass, className)}
    >
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <Group className={groupClass}>
        <Input className={fieldStyles.bare ?? ''} {...(placeholder !== undefined && { placeholder })} />
        <Button className={fieldStyles.aside ?? ''}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </Group>
      <FieldFoot description={description} error={error} />
      <Popover className={list.popover ?? ''} offset={4}>
        <ListBox className={list.list ?? ''} renderEmptyState={() => <div className={list.empty}>{t('app.no-matches')}</div>}>
          {options.map((option) => optionItem(option))}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
