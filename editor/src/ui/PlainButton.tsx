import {
  type AriaAttributes,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  type SyntheticEvent,
  useState,
} from 'react'

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
  onFocus,
  onBlur,
  onKeyDown,
  type = 'button',
  className,
  children,
  ...rest
}: PressProps & { readonly className?: string | undefined; readonly children?: ReactNode }) {
  const [hasFocus, setHasFocus] = useState(false)
  // A press that leaves nothing more to press, as the last undo: whoever works by keys stays where they are.
  const isOff = isDisabled && hasFocus
  return (
    <button
      {...rest}
      {...(buttonRef !== undefined && { ref: buttonRef })}
      type={type}
      disabled={isDisabled && !hasFocus}
      {...((isPending || isOff) && { 'aria-disabled': true })}
      {...(isPending && { 'data-pending': true })}
      {...(isOff && { 'data-disabled': true })}
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
        if (isPending || isOff) event.preventDefault()
        else onPress?.()
      }}
      onFocus={(event) => {
        onFocus?.(event)
        setHasFocus(true)
      }}
      onBlur={(event) => {
        onBlur?.(event)
        setHasFocus(false)
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
