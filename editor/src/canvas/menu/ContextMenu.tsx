import { type MouseEvent, useEffect, useRef } from 'react'
import { keysOf, listCommands, runCommand } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { refTarget } from '../../doc/index.ts'
import { cx, Kbd } from '../../ui/index.ts'
import { useFlowEditor, useView } from '../flow-editor.ts'
import type { Menu } from '../view-store.ts'
import styles from './ContextMenu.module.css'

const stepEntries = [
  'edit',
  'rename',
  'quick-add',
  'wire',
  '-',
  'copy',
  'cut',
  'duplicate',
  '-',
  'disable',
  'pause',
  'pin',
  'comment',
  'group',
  'extract',
  'inline',
  'detach',
  'select-downstream',
  'select-upstream',
  '-',
  'delete',
  'delete-gap',
]
const wireEntries = ['quick-add', 'comment', '-', 'delete']
const frameEntries = ['fold', 'comment', '-', 'copy', 'duplicate', 'ungroup', '-', 'delete']
const paneEntries = [
  'quick-add',
  'note',
  'comment',
  'paste',
  'paste-wired',
  '-',
  'select-all',
  'tidy',
  'fit',
  'zoom-100',
  '-',
  'outline',
  'map',
  'history',
]

/** The menu of what is under the pointer: the same commands as everywhere. */
export function ContextMenu() {
  const menu = useView((view) => view.menu)
  return menu === null ? null : <MenuList key={`${menu.x} ${menu.y}`} menu={menu} />
}

function entriesFor(menu: Menu): readonly string[] {
  if (menu.ref === null) return paneEntries
  const target = refTarget(menu.ref)
  return target.in === 'nodes' ? stepEntries : target.in === 'edges' ? wireEntries : frameEntries
}

function MenuList({ menu }: { readonly menu: Menu }) {
  const t = useT()
  const { view, surface } = useFlowEditor()
  const list = useRef<HTMLDivElement>(null)
  const close = () => {
    view.setState({ menu: null })
    surface.current?.focus()
  }
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const outside = (event: PointerEvent) => {
      if (list.current?.contains(event.target as Element) !== true) view.setState({ menu: null })
    }
    window.addEventListener('pointerdown', outside, true)
    return () => window.removeEventListener('pointerdown', outside, true)
  }, [view])

  const commands = new Map(listCommands().map((command) => [command.id, command]))
  const entries = entriesFor(menu).filter((name) => name === '-' || commands.get(`canvas.${name}`)?.when?.() !== false)
  const focusAt = (step: number) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const index = items.indexOf(document.activeElement as HTMLElement)
    items[(index + step + items.length) % items.length]?.focus()
  }
  const choose = (event: MouseEvent, id: string) => {
    event.stopPropagation()
    close()
    runCommand(id, 'menu')
  }
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={t('canvas.menu')}
      className={styles.menu}
      style={{
        left: Math.min(menu.x, window.innerWidth - 260),
        top: Math.min(menu.y, Math.max(8, window.innerHeight - entries.length * 30 - 24)),
      }}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        else if (event.key === 'ArrowDown') focusAt(1)
        else if (event.key === 'ArrowUp') focusAt(-1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      {entries.map((name, index) => {
        const command = commands.get(`canvas.${name}`)
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and never move.
        if (name === '-') return <hr key={`line-${index}`} className={styles.line} />
        if (command === undefined) return null
        const [keys] = keysOf(command)
        return (
          <button
            key={name}
            type="button"
            role="menuitem"
            className={cx(styles.item, name.startsWith('delete') && styles.danger)}
            onClick={(event) => choose(event, command.id)}
          >
            {command.title()}
            {keys !== undefined && <Kbd keys={keys} />}
          </button>
        )
      })}
    </div>
  )
}
