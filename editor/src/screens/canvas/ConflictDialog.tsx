import { diffFlows, writeFlow } from '@sluice/flows'
import { useT } from '../../app/i18n/index.ts'
import { downloadFlow } from '../../canvas/download-flow.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { fromFile, type Saving, toFile } from '../../doc/index.ts'
import { Button, Dialog } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import { DraftComparison } from './DraftComparison.tsx'

/** Two drafts of one flow: both are shown, one is chosen by the person, and ours can be kept as a file either way. */
export function ConflictDialog({
  conflict,
  onClose,
}: {
  readonly conflict: NonNullable<Saving['conflict']>
  readonly onClose: () => void
}) {
  const t = useT()
  const editor = useFlowEditor()
  const mine = toFile(editor.flow.getState().doc)
  const { nodes } = diffFlows(conflict.theirs, mine)
  const takeTheirs = () => {
    const theirs = editor.saving?.takeTheirs()
    if (theirs != null) editor.flow.replace(fromFile(theirs))
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.conflict.title')}
      size="medium"
      actions={
        <>
          <Button tone="quiet" onPress={() => downloadFlow(editor, writeFlow(mine))}>
            {t('canvas.conflict.download')}
          </Button>
          <Button onPress={takeTheirs}>{t('canvas.conflict.take-theirs')}</Button>
          <Button
            tone="primary"
            onPress={() => {
              void editor.saving?.keepMine()
              onClose()
            }}
          >
            {t('canvas.conflict.keep-mine')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{t('canvas.conflict.lead')}</p>
        <dl className={styles.facts}>
          <dt>{t('canvas.conflict.mine')}</dt>
          <dd>{t('canvas.conflict.steps', { count: mine.nodes.length })}</dd>
          <dt>{t('canvas.conflict.theirs')}</dt>
          <dd>{t('canvas.conflict.steps', { count: conflict.theirs.nodes.length })}</dd>
        </dl>
        <p className={styles.quiet}>
          {t('canvas.conflict.difference', { added: nodes.added.length, removed: nodes.removed.length, changed: nodes.changed.length })}
        </p>
        <DraftComparison mine={mine} theirs={conflict.theirs} />
      </div>
    </Dialog>
  )
}
