import type { AriaAttributes, FocusEvent, KeyboardEvent, MouseEvent, ReactNode, Ref, SyntheticEvent } from 'react'

type Aria = Pick<
  AriaAttributes,
  | 'aria-label'
  | 'aria-labelledby'
  | 'aria-describedby'
  | 'aria-pressed'
  | 'aria-expanded'
  | 'aria-haspopup'
  | 'aria-controls'
  | 'aria-current'
  | 'aria-checked'
>

export interface PressProps extends Aria {
  readonly id?: string
  readonly role?: 'radio'
  readonly tabIndex?: number
  readonly type?: 'button' | 'submit'
  readonly form?: string
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean | undefined
  /** Under way: it keeps the focus and takes no further press. */
  readonly isPending?: boolean | undefined
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly onPress?: (() => void) | undefined
  readonly onHoverStart?: ((over: Element) => void) | undefined
  readonly onHoverEnd?: (() => void) | undefined
  readonly onPressStart?: (() => void) | undefined
  readonly onFocus?: ((event: FocusEvent<HTMLElement>) => void) | undefined
  readonly onBlur?: ((event: FocusEvent<HTMLElement>) => void) | undefined
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  readonly [data: `data-${string}`]: string | number | boolean | undefined
}

const stop = (event: SyntheticEvent) => event.stopPropagation()

/** A press belongs to the button alone: the row, the card or the canvas around it never takes it for its own. */
export function PlainButton({
  isDisabled = false,
  isPending = false,
  buttonRef,
  onPress,
  onHoverStart,
  onHoverEnd,
  onPressStart,
  onKeyDown,
  type = 'button',
  className,
  children,
  ...rest
}: PressProps & { readonly className?: string | undefined; readonly children?: ReactNode }) {
  return (
    <button
      {...rest}
      {...(buttonRef !== undefined && { ref: buttonRef })}
      type={type}
      disabled={isDisabled}
      {...(isPending && { 'aria-disabled': true, 'data-pending': true })}
      className={className}
      onPointerDown={(event) => {
        event.stopPropagation()
        onPressStart?.()
      }}
      onMouseDown={(event) => {
        event.stopPropagation()
        takeFocus(event)
      }}
      onClick={(event) => {
        event.stopPropagation()
        if (isPending) event.preventDefault()
        else onPress?.()
      }}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
      }}
      onKeyUp={(event) => event.key === ' ' && stop(event)}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onHoverStart?.(event.currentTarget)}
      onPointerLeave={() => onHoverEnd?.()}
    >
      {children}
    </button>
  )
}

/** One browser family gives a pressed button no focus; then nothing knows later where the focus came from. */
function takeFocus(event: MouseEvent<HTMLButtonElement>): void {
  if (event.button !== 0) return
  event.preventDefault()
  event.currentTarget.focus({ preventScroll: true })
}
