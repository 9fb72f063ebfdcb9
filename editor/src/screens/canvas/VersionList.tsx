import type { FlowDefinition } from '@sluice/flows'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem, useMay } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { fromFile, label } from '../../doc/index.ts'
import { Badge, Button, cx, Dialog, Link, LinkButton, TextField, toast } from '../../ui/index.ts'
import dialogs from './Dialogs.module.css'
import styles from './Drawer.module.css'
import { FlowPicture } from './FlowPicture.tsx'
import { activateVersion, aliveOn, type FlowStatus, type FlowVersion, type RunChoice, readVersion, readVersions } from './flow-api.ts'
import { affectedBy, RunChoiceField } from './RunChoiceField.tsx'

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
  const active = items.find((version) => version.active)
  if (!versions.isPending && items.length === 0) return <p className={styles.empty}>{t('canvas.versions.empty')}</p>
  return (
    <>
      <table className={styles.table} data-testid="versions">
        <tbody>
          {items.map((version) => (
            <tr key={version.version} data-version={version.version}>
              <th scope="row">{t('canvas.versions.name', { version: version.version })}</th>
              <td>{version.active && <Badge tone="ok">{t('canvas.versions.active')}</Badge>}</td>
              <td className={styles.note} title={version.note ?? ''}>
                {version.note == null || version.note === '' ? (
                  <span className={styles.quiet}>{t('canvas.versions.note.none')}</span>
                ) : (
                  version.note
                )}
              </td>
              <td className={styles.quiet}>
                {t('canvas.versions.by', { name: version.publishedBy ?? '', time: format.dateTime(version.publishedAt) })}
              </td>
              <td className={styles.quiet} data-alive={aliveOn(version)}>
                {aliveOn(version) > 0 && (
                  <Link href={`/runs?flow=${key}&state=running,waiting,incident`}>{t('publish.alive', { count: aliveOn(version) })}</Link>
                )}
              </td>
              <td className={cx(styles.mono, styles.spare)} title={version.digest}>
                {version.digest.replace('sha256:', '').slice(0, 8)}
              </td>
              <td className={styles.pinned}>
                <span className={styles.actions}>
                  <CompareLink flowKey={key} version={version} active={active?.version ?? null} />
                  <Button size="small" tone="quiet" onPress={() => setViewed(version.version)}>
                    {t('canvas.versions.view')}
                  </Button>
                  {!version.active && may('flows.publish') && (
                    <Button size="small" onPress={() => setActivating(version)}>
                      {t(active !== undefined && version.version < active.version ? 'publish.roll-back' : 'canvas.versions.activate')}
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {viewed !== null && <VersionView flowKey={key} version={viewed} onClose={() => setViewed(null)} />}
      {activating !== null && (
        <ActivateDialog flowKey={key} version={activating.version} versions={items} onClose={() => setActivating(null)} />
      )}
    </>
  )
}

/** The live version is compared with the one before it, every other with the live one. */
function CompareLink({
  flowKey,
  version,
  active,
}: {
  readonly flowKey: string
  readonly version: FlowVersion
  readonly active: number | null
}) {
  const t = useT()
  const from = version.active ? version.version - 1 : active
  if (from === null || from < 1) return null
  const title = version.active ? t('publish.compare-previous', { version: from }) : t('publish.compare-live')
  return (
    <LinkButton size="small" tone="quiet" href={`/flows/${flowKey}/diff?a=${from}&b=${version.version}`} aria-label={title}>
      {t('diff.compare')}
    </LinkButton>
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
  versions,
  onClose,
}: {
  readonly flowKey: string
  readonly version: number
  readonly versions: readonly FlowVersion[]
  readonly onClose: () => void
}) {
  const t = useT()
  const affected = affectedBy(versions, version)
  const [choice, setChoice] = useState<RunChoice | null>(affected.length === 0 ? null : 'finish')
  const isBack = version < (versions.find(({ active }) => active)?.version ?? 0)
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function activate(): Promise<void> {
    setBusy(true)
    try {
      const { runs } = await activateVersion(flowKey, version, reason.trim(), choice)
      await client.invalidateQueries({ queryKey: ['flow-status', flowKey] })
      await client.invalidateQueries({ queryKey: ['flow-versions', flowKey] })
      const settled = choice === null ? undefined : t(`publish.settled.${runs.choice}`, { done: runs.done })
      toast({ tone: 'ok', title: t('canvas.versions.activated', { version }), detail: settled })
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
            {t(isBack ? 'publish.roll-back' : 'canvas.versions.activate')}
          </Button>
        </>
      }
    >
      <div className={dialogs.stack}>
        <p>{t('canvas.versions.activate.lead', { version })}</p>
        {affected.length > 0 && <RunChoiceField affected={affected} value={choice} onChange={setChoice} />}
        <TextField
          label={t('publish.reason')}
          description={t('publish.reason.help')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
        />
      </div>
    </Dialog>
  )
}
