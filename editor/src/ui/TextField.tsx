import { Search, X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Button,
  Group,
  Input,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldFoot, type FieldFrame, FieldLabel, fieldClass, fieldStyles, groupClass, inputClass } from './Field.tsx'

type Own = 'children' | 'className' | 'style' | 'isInvalid'

export interface TextFieldProps extends FieldFrame, Omit<AriaTextFieldProps, Own> {
  readonly placeholder?: string
  readonly isCode?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function TextField({ label, description, error, className, placeholder, isCode, inputRef, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(fieldClass, className)}>
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <Input
        {...(inputRef && { ref: inputRef })}
        className={cx(inputClass, isCode && fieldStyles.code)}
        {...(placeholder !== undefined && { placeholder })}
      />
      <FieldFoot description={description} error={error} />
    </AriaTextField>
  )
}

export interface TextAreaProps extends FieldFrame, Omit<AriaTextFieldProps, Own> {
  readonly placeholder?: string
  readonly rows?: number
  readonly isCode?: boolean
}

export function TextArea({ label, description, error, className, placeholder, rows = 3, isCode, ...rest }: TextAreaProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(fieldClass, className)}>
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <AriaTextArea
        rows={rows}
        className={cx(inputClass, fieldStyles.area, isCode && fieldStyles.code)}
        {...(placeholder !== undefined && { placeholder })}
      />
      <FieldFoot description={description} error={error} />
    </AriaTextField>
  )
}

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, Own> {
  /** Accessible name; the placeholder says the same. */
  readonly label: string
  readonly className?: string | undefined
  readonly aside?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
}

export function SearchField({ label, className, aside, inputRef, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} aria-label={label} className={cx(fieldClass, className)}>
      {({ isEmpty }) => (
        <Group className={groupClass}>
          <span className={fieldStyles.lead}>
            <Search size={14} aria-hidden="true" />
          </span>
          <Input {...(inputRef && { ref: inputRef })} className={fieldStyles.bare ?? ''} placeholder={label} />
          {isEmpty ? (
            aside
          ) : (
            <Button className={fieldStyles.aside ?? ''}>
              <X size={14} aria-hidden="true" />
            </Button>
          )}
        </Group>
      )}
    </AriaSearchField>
  )
}
