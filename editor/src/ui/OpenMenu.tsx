import { Check } from 'lucide-react'
import { cloneElement, useEffect, useRef, useState } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  Popover,
  Separator,
  Text,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'
import list from './ListBox.module.css'
import type { MenuEntry, MenuProps } from './Menu.tsx'

/** The menu once somebody asked for it: it opens as soon as it is here. */
export function OpenMenu({ label, trigger, groups, placement }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  // Opened after it is on the page, because a popover is placed at a trigger that is there.
  useEffect(() => setOpen(true), [])
  const shown = groups.filter((group) => group.entries.length > 0)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      {cloneElement(trigger, {
        buttonRef: button,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        onPress: () => setOpen(true),
        onKeyDown: (event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setOpen(true)
        },
      })}
      <Popover
        className={list.popover ?? ''}
        aria-label={label}
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={setOpen}
        offset={4}
        {...(placement && { placement })}
      >
        <AriaMenu aria-label={label} className={list.list ?? ''} autoFocus="first" onClose={() => setOpen(false)}>
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
    </>
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
