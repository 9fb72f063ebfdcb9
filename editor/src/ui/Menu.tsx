import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'
import list from './ListBox.module.css'
import type { TooltipPlacement } from './Tooltip.tsx'

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

/** A button with the menu it opens. `groups` are divided by a line. */
export function Menu({
  label,
  trigger,
  groups,
  placement,
}: {
  readonly label: string
  readonly trigger: ReactElement
  readonly groups: readonly MenuGroup[]
  readonly placement?: `${TooltipPlacement}` | 'bottom end' | 'bottom start' | 'top end' | 'right top'
}) {
  const shown = groups.filter((group) => group.entries.length > 0)
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={list.popover ?? ''} offset={4} {...(placement && { placement })}>
        <AriaMenu aria-label={label} className={list.list ?? ''}>
          {shown.flatMap((group, index) => [
            ...(index === 0 ? [] : [<Separator key={`${group.id}-line`} className={list.separator ?? ''} />]),
            <AriaMenuSection key={group.id} {...(group.title === undefined && { 'aria-label': label })}>
              {group.title !== undefined && <Header className={list.heading ?? ''}>{group.title}</Header>}
              {group.entries.map((entry) => (
                <MenuRow key={entry.id} entry={entry} />
              ))}
            </AriaMenuSection>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function MenuRow({ entry }: { readonly entry: MenuEntry }) {
  return (
    <AriaMenuItem
      id={entry.id}
      textValue={entry.label}
      className={cx(list.item)}
      {...(entry.isDanger === true && { 'data-danger': true })}
      {...(entry.isDisabled === true && { isDisabled: true })}
      {...(entry.href !== undefined && { href: entry.href })}
      {...(entry.onAction !== undefined && { onAction: entry.onAction })}
    >
      {entry.icon !== undefined && <span className={list.icon}>{entry.icon}</span>}
      <span className={list.words}>
        <Text slot="label">{entry.label}</Text>
        {entry.help !== undefined && (
          <Text slot="description" className={list.help ?? ''}>
            {entry.help}
          </Text>
        )}
      </span>
      {entry.isChosen === true && <Check size={14} aria-hidden="true" />}
      {entry.keys !== undefined && <Kbd keys={entry.keys} isQuiet />}
    </AriaMenuItem>
  )
}
