import type { FlowDefinition, Json, Text } from '@sluice/flows'
import { useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { portsOfStep } from '../../doc/index.ts'
import type { Timeline } from '../../run/timeline.ts'
import { forkOf } from '../../simulate/fork.ts'
import type { Session } from '../../simulate/session.ts'
import { Button, Dialog, Select, TextArea } from '../../ui/index.ts'
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
  const say = useSay()
  const ports = portsOf(file, moment)
  const [port, setPort] = useState(moment.port ?? ports[0]?.name ?? 'out')
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
        <Select
          label={t('simulate.act.port')}
          value={port}
          onChange={setPort}
          options={ports.map(({ name, label }) => ({ value: name, label: say(label) }))}
        />
        <TextArea label={t('replay.fork.data')} value={text} onChange={setText} rows={12} isCode spellCheck="false" error={wrong} />
      </div>
    </Dialog>
  )
}

/** The ways out of the step, and the one that was taken, which may be its error line. */
function portsOf(file: FlowDefinition, { node, port }: Moment): readonly { readonly name: string; readonly label: Text }[] {
  const step = file.nodes.find(({ id }) => id === node)
  const outputs = step === undefined ? [] : portsOfStep(step, catalogue).outputs
  return port === null || outputs.some(({ name }) => name === port) ? outputs : [...outputs, { name: port, label: port }]
}
