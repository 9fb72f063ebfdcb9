import { Check, CircleAlert, CloudOff, FlaskConical, GitBranch, History, LoaderCircle, Play, Redo2, Undo2 } from 'lucide-react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { useMay } from '../../app/api/index.ts'
import { keysOf, listCommands, runCommand, useRegistry } from '../../app/commands/index.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { TopBarSlot } from '../../app/shell/TopBar.tsx'
import { useFirstIdle } from '../../app/when-idle.ts'
import { countsOf } from '../../canvas/check/counts.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { Button, cx, IconButton } from '../../ui/index.ts'
import styles from './CanvasToolbar.module.css'
import type { FlowStatus } from './flow-api.ts'
import { PauseFace } from './parts-on-demand.ts'
import { useSaving } from './use-saving.ts'

/** What is done to the flow as a whole, in the top bar; each button is a command. */
export const CanvasToolbar = memo(function CanvasToolbar({ status }: { readonly status: FlowStatus | null }) {
  const t = useT()
  const may = useMay()
  const { problems } = useFlowEditor()
  // The keys on the buttons are those of the registry.
  useRegistry()
  const isIdle = useFirstIdle()
  const canEdit = useView((view) => view.canEdit)
  const drawer = useView((view) => view.drawer)
  const simulateOpen = useView((view) => view.simulateOpen)
  const undo = useFlow((state) => state.history.undo.at(-1))
  const redo = useFlow((state) => state.history.redo.at(-1))
  const { errors, warnings } = countsOf(useStore(problems, (state) => state.problems))
  const withWhat = (name: string, entry: typeof undo) =>
    entry === undefined ? name : t('canvas.pair', { name, what: t(entry.label.id as MessageId, entry.label.values) })
  return (
    <TopBarSlot>
      <div className={styles.bar}>
        {canEdit && <SaveState />}
        {canEdit && (
          // biome-ignore lint/a11y/useSemanticElements: a pair of buttons in a toolbar, not a set of form fields.
          <span className={styles.pair} role="group" aria-label={t('canvas.bar.history')}>
            <IconButton
              size="small"
              label={withWhat(t('canvas.command.undo'), undo)}
              keys={keyOf('canvas.undo')}
              icon={<Undo2 size={16} aria-hidden="true" />}
              isDisabled={undo === undefined}
              onPress={() => runCommand('canvas.undo', 'toolbar')}
            />
            <IconButton
              size="small"
              label={withWhat(t('canvas.command.redo'), redo)}
              keys={keyOf('canvas.redo')}
              icon={<Redo2 size={16} aria-hidden="true" />}
              isDisabled={redo === undefined}
              onPress={() => runCommand('canvas.redo', 'toolbar')}
            />
          </span>
        )}
        <Button
          size="small"
          tone="quiet"
          className={cx(errors > 0 ? styles.hasErrors : warnings > 0 ? styles.hasWarnings : styles.isClean)}
          icon={errors + warnings > 0 ? <CircleAlert size={15} aria-hidden="true" /> : <Check size={15} aria-hidden="true" />}
          aria-pressed={drawer === 'problems'}
          onPress={() => runCommand('canvas.problems', 'toolbar')}
        >
          <span className={styles.words}>{t('canvas.bar.check', { errors: errors + warnings })}</span>
        </Button>
        <IconButton
          size="small"
          label={t('canvas.runs.title')}
          keys={keyOf('canvas.runs')}
          isChosen={drawer === 'runs'}
          icon={<History size={16} aria-hidden="true" />}
          onPress={() => runCommand('canvas.runs', 'toolbar')}
        />
        <Button
          size="small"
          tone="quiet"
          icon={<GitBranch size={15} aria-hidden="true" />}
          aria-label={`${status?.active == null ? t('canvas.bar.draft') : `v${status.active}`} · ${t('canvas.versions.title')}`}
          aria-pressed={drawer === 'versions'}
          onPress={() => runCommand('canvas.versions', 'toolbar')}
        >
          {status?.active == null ? t('canvas.bar.draft') : `v${status.active}`}
        </Button>
        {isIdle && status?.active != null && (status.paused != null || may('flows.block')) && <PauseFace status={status} />}
        {canEdit && (
          <Button
            size="small"
            tone="quiet"
            icon={<FlaskConical size={14} aria-hidden="true" />}
            aria-pressed={simulateOpen}
            onPress={() => runCommand('canvas.simulate', 'toolbar')}
          >
            <span className={styles.words}>{t('canvas.bar.simulate')}</span>
          </Button>
        )}
        {(may('events.write') || may('runs.start')) && (
          <Button
            size="small"
            className={styles.test}
            icon={<Play size={14} aria-hidden="true" />}
            onPress={() => runCommand('canvas.test', 'toolbar')}
          >
            {t('canvas.bar.test')}
          </Button>
        )}
        {canEdit && may('flows.publish') && (
          <Button size="small" tone="primary" onPress={() => runCommand('canvas.publish', 'toolbar')}>
            {t('canvas.bar.publish')}
          </Button>
        )}
      </div>
    </TopBarSlot>
  )
})

function keyOf(id: string): string | undefined {
  const command = listCommands().find((each) => each.id === id)
  return command === undefined ? undefined : keysOf(command)[0]
}

/** In words and without alarm: whether the server has what is on screen. */
function SaveState() {
  const t = useT()
  const format = useFormat()
  const { view } = useFlowEditor()
  const saving = useSaving()
  const text = t(`canvas.save.${saving.state}`, { count: saving.pending })
  if (saving.state === 'conflict') {
    return (
      <Button size="small" tone="danger" onPress={() => view.setState({ confirm: 'conflict' })}>
        {text}
      </Button>
    )
  }
  const Icon = saving.state === 'saved' ? Check : saving.state === 'offline' || saving.state === 'refused' ? CloudOff : LoaderCircle
  return (
    <span
      className={cx(styles.save, styles[saving.state])}
      data-testid="save-state"
      data-state={saving.state}
      title={saving.reason ?? (saving.savedAt === null ? undefined : format.exact(saving.savedAt))}
    >
      <Icon size={14} className={cx((saving.state === 'saving' || saving.state === 'pending') && styles.turning)} aria-hidden="true" />
      {text}
    </span>
  )
}
