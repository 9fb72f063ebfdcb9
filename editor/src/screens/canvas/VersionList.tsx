import type { FlowDefinition } from '@sluice/flows'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem, useMay } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { fromFile, label } from '../../doc/index.ts'
import { Badge, Button, Dialog, toast } from '../../ui/index.ts'
import dialogs from './Dialogs.module.css'
import styles from './Drawer.module.css'
import { FlowPicture } from './FlowPicture.tsx'
import { activateVersion, type FlowStatus, type FlowVersion, readVersion, readVersions } from './flow-api.ts'

/** Every published version: looked at, made live again, or copied into the draft. */
export function VersionList({ status }: { readonly status: FlowStatus | null }) {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const key = useFlow((state) => state.doc.head.key)
  const versions = useQuery({ queryKey: ['flow-versions', key, status?.active], queryFn: ({ signal }) => readVersions(key, signal) })
  const [viewed, setViewed] = useState<number | null>(null)
  const [activating, setActivating] = useState<FlowVersion | null>(null)
  const items = [...(versions.data?.items ?? [])].sort((a, b) => b.version - a.version)
  if (!versions.isPending && items.length === 0) return <p className={styles.empty}>{t('canvas.versions.empty')}</p>
  return (
    <>
      <table className={styles.table} data-testid="versions">
        <tbody>
          {items.map((version) => (
            <tr key={version.version} data-version={version.version}>
              <td>
                <strong>{t('canvas.versions.name', { version: version.version })}</strong>
              </td>
              <td>{version.active && <Badge tone="ok">{t('canvas.versions.active')}</Badge>}</td>
              <td>
                {version.note == null || version.note === '' ? (
                  <span className={styles.quiet}>{t('canvas.versions.note.none')}</span>
                ) : (
                  version.note
                )}
              </td>
              <td className={styles.quiet}>
                {t('canvas.versions.by', { name: version.publishedBy ?? '', time: format.dateTime(version.publishedAt) })}
              </td>
              <td className={styles.mono} title={version.digest}>
                {version.digest.replace('sha256:', '').slice(0, 8)}
              </td>
              <td>
                <span className={styles.actions}>
                  <Button size="small" tone="quiet" onPress={() => setViewed(version.version)}>
                    {t('canvas.versions.view')}
                  </Button>
                  {!version.active && may('flows.publish') && (
                    <Button size="small" onPress={() => setActivating(version)}>
                      {t('canvas.versions.activate')}
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {viewed !== null && <VersionView flowKey={key} version={viewed} onClose={() => setViewed(null)} />}
      {activating !== null && <ActivateDialog flowKey={key} version={activating.version} onClose={() => setActivating(null)} />}
    </>
  )
}

function VersionView({ flowKey, version, onClose }: { readonly flowKey: string; readonly version: number; readonly onClose: () => void }) {
  const t = useT()
  const { flow } = useFlowEditor()
  const canEdit = useView((view) => view.canEdit)
  const file = useQuery({ queryKey: ['flow-version', flowKey, version], queryFn: ({ signal }) => readVersion(flowKey, version, signal) })
  const restore = (old: FlowDefinition) => {
    const wanted = fromFile(old)
    flow.change(label('import'), (draft) => {
      for (const id of [...draft.edges.keys()]) draft.remove('edges', id)
      for (const collection of ['nodes', 'groups', 'notes'] as const)
        for (const id of [...draft[collection].keys()]) draft.remove(collection, id)
      for (const node of wanted.nodes.values()) draft.insert('nodes', node)
      for (const edge of wanted.edges.values()) draft.insert('edges', edge)
      for (const group of wanted.groups.values()) draft.insert('groups', group)
      for (const note of wanted.notes.values()) draft.insert('notes', note)
      draft.set('head', '', ['name'], wanted.head.name)
      draft.set('head', '', ['description'], wanted.head.description)
      draft.set('head', '', ['settings'], wanted.head.settings)
      draft.set('head', '', ['parameters'], wanted.head.parameters)
    })
    toast({ tone: 'ok', title: t('canvas.versions.restored', { version }) })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.versions.viewing', { version })}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>{t('app.close')}</Button>
          {canEdit && file.data !== undefined && <Button onPress={() => restore(file.data)}>{t('canvas.versions.restore')}</Button>}
        </>
      }
    >
      <div className={dialogs.preview}>{file.data !== undefined && <FlowPicture file={file.data} />}</div>
    </Dialog>
  )
}

function ActivateDialog({
  flowKey,
  version,
  onClose,
}: {
  readonly flowKey: string
  readonly version: number
  readonly onClose: () => void
}) {
  const t = useT()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function activate(): Promise<void> {
    setBusy(true)
    try {
      await activateVersion(flowKey, version)
      await client.invalidateQueries({ queryKey: ['flow-status', flowKey] })
      await client.invalidateQueries({ queryKey: ['flow-versions', flowKey] })
      toast({ tone: 'ok', title: t('canvas.versions.activated', { version }) })
      onClose()
    } catch (error) {
      toast({ tone: 'error', title: isProblem(error) ? error.message : t('app.problem.title') })
      setBusy(false)
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.versions.activate.title', { version })}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isPending={busy} onPress={() => void activate()}>
            {t('canvas.versions.activate')}
          </Button>
        </>
      }
    >
      <p>{t('canvas.versions.activate.lead', { version })}</p>
    </Dialog>
  )
}
