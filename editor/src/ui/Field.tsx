import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { fieldStyles as styles } from './field-styles.ts'

/** What every input has around it: a label, one line of help, and an error in words. */
export interface FieldFrame {
  readonly label?: ReactNode
  readonly description?: ReactNode
  /** Shown when set, and marks the field as invalid. */
  readonly error?: string | null | undefined
  readonly className?: string | undefined
}

export function FieldLabel({ children, isRequired }: { readonly children: ReactNode; readonly isRequired?: boolean | undefined }) {
  return (
    <Label className={styles.label ?? ''}>
      {children}
      {isRequired === true && (
        <span className={styles.required} aria-hidden="true">
          *
        </span>
      )}
    </Label>
  )
}

export function FieldFoot({ description, error }: FieldFrame) {
  return (
    <>
      {description !== undefined && description !== null && (
        <Text slot="description" className={styles.description ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error ?? undefined}</FieldError>
    </>
  )
}

export { fieldClass, fieldStyles, groupClass, inputClass } from './field-styles.ts'
