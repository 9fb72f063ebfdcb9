import type { FormField } from '../schema/read-schema.ts'

/** What every widget gets: the field, its fixed value, and how to change it. `undefined` takes the value away. */
export interface WidgetProps {
  readonly field: FormField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** Id that ties the label to the control. */
  readonly id: string
  readonly isDisabled: boolean
  /** Values of the fields beside this one: a table reads its columns there. */
  readonly siblings: Readonly<Record<string, unknown>>
}

export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
