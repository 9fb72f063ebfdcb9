import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Folder, FolderMinus, FolderPlus, Pencil, Trash2, Workflow } from 'lucide-react'
import { type DragEvent, lazy, type ReactNode, Suspense, useState } from 'react'
import { useMay } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { useFilters } from '../../app/use-filters.ts'
import { ConfirmDialog, cx, IconButton, Menu, PlainButton, PlainLink, PlainSelect } from '../../ui/index.ts'
import styles from './FolderList.module.css'
import { deleteFolder, type FlowFolder, foldersQuery, noFolder, placeFlow } from './folder-api.ts'

const FolderDialog = lazy(async () => ({ default: (await import('./FolderDialog.tsx')).FolderDialog }))

const refresh = [['flows']] as const
const all = 'all'

/** Folders at the left with how many flows lie in each. A flow is moved by its menu, or by dragging its name onto a folder. */
export function FolderList() {
  const t = useT()
  const mayWrite = useMay()('flows.write')
  const { filters, set } = useFilters()
  const folders = useQuery(foldersQuery)
  const [naming, setNaming] = useState<FlowFolder | 'new' | null>(null)
  const [leaving, setLeaving] = useState<FlowFolder | null>(null)
  const remove = useAct(deleteFolder, {
    done: () => t('flows.folder.deleted'),
    refresh,
    onDone: (_, id) => {
      setLeaving(null)
      if (filters.folder === id) set({ folder: undefined })
    },
  })
  const move = useAct(placeFlow, { done: (_, { folder }) => movedWords(t, nameOf(folder)), refresh })
  // Its place is kept: a list that moves aside under the pointer loses the press.
  if (folders.isPending) return <div className={styles.folders} />
  if (folders.data === undefined) return null
  const { items, flows, loose } = folders.data
  const nameOf = (id: string | null | undefined) => items.find((folder) => folder.id === id)?.name ?? null
  if (items.length === 0 && !mayWrite) return null
  const chosen = filters.folder ?? null
  const hrefOf = (folder: string | null) => `/flows?${new URLSearchParams(withFolder(filters, folder))}`
  const drop = (folder: string | null) => (mayWrite ? (key: string) => move.mutate({ key, folder }) : null)
  const row = (folder: FlowFolder) => (
    <FolderRow
      key={folder.id}
      href={hrefOf(folder.id)}
      icon={<Folder size={15} aria-hidden="true" />}
      name={folder.name}
      count={folder.flows}
      isChosen={chosen === folder.id}
      onDrop={drop(folder.id)}
      menu={mayWrite && <FolderMenu folder={folder} onRename={setNaming} onDelete={setLeaving} />}
    />
  )
  return (
    <nav className={styles.folders} aria-label={t('flows.folders')}>
      <ul className={styles.list}>
        <FolderRow
          href={hrefOf(null)}
          icon={<Workflow size={15} aria-hidden="true" />}
          name={t('flows.folder.all')}
          count={flows}
          isChosen={chosen === null}
        />
        {items.map(row)}
        {items.length > 0 && (
          <FolderRow
            href={hrefOf(noFolder)}
            icon={<FolderMinus size={15} aria-hidden="true" />}
            name={t('flows.folder.none')}
            count={loose}
            isChosen={chosen === noFolder}
            onDrop={drop(null)}
          />
        )}
      </ul>
      {mayWrite && (
        <PlainButton className={styles.new} onPress={() => setNaming('new')}>
          <FolderPlus size={15} aria-hidden="true" />
          {t('flows.folder.new')}
        </PlainButton>
      )}
      {naming !== null && (
        <Suspense fallback={null}>
          <FolderDialog
            folder={naming === 'new' ? null : naming}
            onClose={() => setNaming(null)}
            onMade={(folder) => set({ folder: folder.id })}
          />
        </Suspense>
      )}
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('flows.folder.delete.title', { name: leaving?.name ?? '' })}
        action={t('app.delete')}
        isPending={remove.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && remove.mutate(leaving.id)}
      >
        {t('flows.folder.delete.text', { count: leaving?.flows ?? 0 })}
      </ConfirmDialog>
    </nav>
  )
}

/** On a phone the same choice takes one line. */
export function FolderSelect() {
  const t = useT()
  const { filters, set } = useFilters()
  const folders = useQuery(foldersQuery)
  if (folders.data === undefined || folders.data.items.length === 0) return null
  return (
    <span className={styles.phone}>
      <PlainSelect
        label={t('flows.folders')}
        value={filters.folder ?? all}
        onChange={(folder) => set({ folder: folder === all ? undefined : folder })}
        options={[
          { value: all, label: `${t('flows.folder.all')} (${folders.data.flows})` },
          ...folders.data.items.map(({ id, name, flows }) => ({ value: id, label: `${name} (${flows})` })),
          { value: noFolder, label: `${t('flows.folder.none')} (${folders.data.loose})` },
        ]}
      />
    </span>
  )
}

export function movedWords(t: ReturnType<typeof useT>, name: string | null): string {
  return name === null ? t('flows.folder.moved-out') : t('flows.folder.moved', { name })
}

/** The other filters stay: a search goes on in another folder. */
function withFolder(filters: Readonly<Record<string, string | undefined>>, folder: string | null): Record<string, string> {
  const kept = Object.entries({ ...filters, folder: folder ?? undefined, new: undefined })
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function FolderRow({
  href,
  icon,
  name,
  count,
  isChosen,
  menu,
  onDrop,
}: {
  readonly href: string
  readonly icon: ReactNode
  readonly name: string
  readonly count: number
  readonly isChosen: boolean
  readonly menu?: ReactNode
  readonly onDrop?: ((key: string) => void) | null
}) {
  const format = useFormat()
  const [isOver, setOver] = useState(false)
  const takes = (event: DragEvent) => onDrop != null && event.dataTransfer.types.includes('text/uri-list')
  return (
    <li
      className={cx(styles.row, isChosen && styles.chosen, isOver && styles.over)}
      onDragOver={(event) => {
        if (!takes(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const key = flowOf(event.dataTransfer.getData('text/uri-list'))
        if (onDrop == null || key === null) return
        event.preventDefault()
        onDrop(key)
      }}
    >
      <PlainLink href={href} className={styles.link} aria-current={isChosen ? 'page' : undefined} draggable={false} title={name}>
        {icon}
        <span className={styles.name}>{name}</span>
        <span className={styles.count}>{format.number(count)}</span>
      </PlainLink>
      {menu}
    </li>
  )
}

/** A row's link is dragged as browsers drag links: by its address. */
function flowOf(dragged: string): string | null {
  const address = dragged.split('\n')[0]?.trim() ?? ''
  return address.startsWith(`${location.origin}/`) ? (/^\/flows\/([a-z0-9-]+)$/.exec(new URL(address).pathname)?.[1] ?? null) : null
}

function FolderMenu({
  folder,
  onRename,
  onDelete,
}: {
  readonly folder: FlowFolder
  readonly onRename: (folder: FlowFolder) => void
  readonly onDelete: (folder: FlowFolder) => void
}) {
  const t = useT()
  const label = t('app.actions-for', { name: folder.name })
  const icon = { size: 14, 'aria-hidden': true } as const
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<IconButton label={label} icon={<Ellipsis size={15} aria-hidden="true" />} size="small" />}
      groups={[
        {
          id: 'folder',
          entries: [
            { id: 'rename', label: t('flows.folder.rename'), icon: <Pencil {...icon} />, onAction: () => onRename(folder) },
            { id: 'delete', label: t('app.delete'), icon: <Trash2 {...icon} />, isDanger: true, onAction: () => onDelete(folder) },
          ],
        },
      ]}
    />
  )
}
