import { Bookmark, X } from 'lucide-react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { type Checkpoint, type Entry, fromFile, label, replaceAll } from '../../doc/index.ts'
import { Button, cx, IconButton, toast } from '../../ui/index.ts'
import styles from './HistoryList.module.css'

const noPast = createStore<{ readonly checkpoints: readonly Checkpoint[] }>(() => ({ checkpoints: [] }))

/** Every change with its name, newest first; a click goes back or forward to it. Named states stand beside it. */
export function HistoryList() {
  const t = useT()
  const format = useFormat()
  const { flow, past } = useFlowEditor()
  const history = useFlow((state) => state.history)
  const canEdit = useView((view) => view.canEdit)
  const checkpoints = useStore(past ?? noPast, (state) => state.checkpoints)
  const undone = [...history.redo]
  const done = [...history.undo].reverse()
  const name = (entry: Entry) => t(entry.label.id as MessageId, entry.label.values)
  const go = (way: 'undo' | 'redo', count: number) => {
    for (let step = 0; step < count; step++) flow[way]()
  }
  const restore = (point: Checkpoint) => {
    replaceAll(flow, fromFile(point.file), label('restore'))
    toast({ tone: 'ok', title: t('canvas.history.restored', { name: point.name }) })
  }
  if (undone.length + done.length + checkpoints.length === 0) return <p className={styles.empty}>{t('canvas.history.empty')}</p>
  return (
    <div className={styles.columns} data-testid="history">
      <ol className={styles.list} aria-label={t('canvas.history.title')}>
        {undone.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name of its own but its place in the list.
          <li key={`redo-${entry.at}-${undone.length - index}`}>
            <button
              type="button"
              className={cx(styles.entry, styles.undone)}
              disabled={!canEdit}
              title={t('canvas.history.redo')}
              onClick={() => go('redo', undone.length - index)}
            >
              <span>{name(entry)}</span>
              <span className={styles.time}>{t('canvas.history.undone')}</span>
            </button>
          </li>
        ))}
        {done.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name of its own but its place in the list.
          <li key={`undo-${entry.at}-${done.length - index}`}>
            <button
              type="button"
              className={cx(styles.entry, index === 0 && styles.now)}
              disabled={!canEdit || index === 0}
              title={t('canvas.history.go')}
              onClick={() => go('undo', index)}
              {...(index === 0 && { 'aria-current': 'step' as const })}
            >
              <span>{name(entry)}</span>
              <span className={styles.time}>{index === 0 ? t('canvas.history.now') : format.relative(entry.at)}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={cx(styles.entry, done.length === 0 && styles.now)}
            disabled={!canEdit || done.length === 0}
            onClick={() => go('undo', done.length)}
          >
            <span>{t('canvas.history.start')}</span>
          </button>
        </li>
      </ol>
      {checkpoints.length > 0 && (
        <section className={styles.points} aria-label={t('canvas.history.checkpoints')}>
          <h4>{t('canvas.history.checkpoints')}</h4>
          {[...checkpoints].reverse().map((point) => (
            <p key={point.at} className={styles.point} data-checkpoint={point.name}>
              <Bookmark size={14} aria-hidden="true" />
              <span className={styles.pointName}>{point.name}</span>
              <span className={styles.time}>{format.relative(point.at)}</span>
              {canEdit && (
                <Button size="small" tone="quiet" onPress={() => restore(point)}>
                  {t('canvas.history.restore')}
                </Button>
              )}
              <IconButton
                size="small"
                label={t('canvas.history.forget', { name: point.name })}
                icon={<X size={13} aria-hidden="true" />}
                onPress={() => past?.forget(point.at)}
              />
            </p>
          ))}
        </section>
      )}
    </div>
  )
}
