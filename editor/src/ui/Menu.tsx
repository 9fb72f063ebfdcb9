import { type ComponentType, cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useState } from 'react'
import type { TooltipPlacement } from './use-tooltip.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly help?: string
  readonly keys?: string | undefined
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  /** Shows a tick. */
  readonly isChosen?: boolean
  readonly href?: string
  readonly onAction?: () => void
}

export interface MenuGroup {
  readonly id: string
  readonly title?: string
  readonly entries: readonly MenuEntry[]
}

export interface MenuProps {
  readonly label: string
  /** A button of ours: it gets `onPress`. */
  readonly trigger: ReactElement<TriggerProps>
  readonly groups: readonly MenuGroup[]
  readonly placement?: `${TooltipPlacement}` | 'bottom end' | 'bottom start' | 'top end' | 'right top'
}

/** What a trigger is told. */
interface TriggerProps {
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly onPress?: (() => void) | undefined
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  readonly onHoverStart?: ((over: Element) => void) | undefined
  readonly 'aria-haspopup'?: 'menu'
  readonly 'aria-expanded'?: boolean
}

let here: ComponentType<MenuProps> | null = null
const load = async () => {
  here = (await import('./OpenMenu.tsx')).OpenMenu
}

/** A button with the menu it opens. `groups` are divided by a line. The list itself loads with the first menu that somebody opens. */
export function Menu(props: MenuProps) {
  const [Open, setOpen] = useState<ComponentType<MenuProps> | null>(null)
  if (Open !== null) return <Open {...props} />
  const open = () => void load().then(() => setOpen(() => here))
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPress: open,
    // Loaded ahead; whoever presses is told when it cannot be.
    onHoverStart: () => void load().catch(() => undefined),
    onKeyDown: (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') open()
    },
  })
}
