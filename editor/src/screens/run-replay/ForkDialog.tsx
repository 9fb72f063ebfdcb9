import type { FlowDefinition, Json } from '@sluice/flows'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import type { Timeline } from '../../run/timeline.ts'
import { forkOf } from '../../simulate/fork.ts'
import type { Session } from '../../simulate/session.ts'
import { Button, Dialog, TextArea, TextField } from '../../ui/index.ts'
import type { Moment } from './moment.ts'
import styles from './Replay.module.css'

/** The data that left the step is edited, and from there on the run goes on in the simulator. */
export function ForkDialog({
  line,
  count,
  file,
  moment,
  title,
  onFork,
  onClose,
}: {
  readonly line: Timeline
  readonly count: number
  readonly file: FlowDefinition
  readonly moment: Moment
  readonly title: string
  readonly onFork: (session: Session) => void
  readonly onClose: () => void
}) {
  const t = useT()
  const [port, setPort] = useState(moment.port ?? 'out')
  const [text, setText] = useState(() => JSON.stringify(moment.output ?? null, null, 2))
  const [wrong, setWrong] = useState<string | null>(null)
  function fork(): void {
    let data: Json
    try {
      data = JSON.parse(text) as Json
    } catch (thrown) {
      setWrong(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
      return
    }
    const hasEffect = (type: string) => (catalogue.find(type)?.effect ?? 'none') !== 'none'
    const session = forkOf(line.entries, file, { count, node: moment.node, port, data }, hasEffect)
    if (session === null) setWrong(t('replay.fork.impossible'))
    else onFork(session)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('replay.fork.title', { step: title })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" onPress={fork}>
            {t('replay.fork.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="fork-dialog">
        <p className={styles.none}>{t('replay.fork.lead')}</p>
        <TextField label={t('simulate.act.port')} value={port} onChange={setPort} isCode />
        <TextArea label={t('replay.fork.data')} value={text} onChange={setText} rows={12} isCode spellCheck="false" error={wrong} />
      </div>
    </Dialog>
  )
}
