import type { Json } from '@sluice/flows'
import { useState } from 'react'
import { useFormat, useT } from '../../../app/i18n/index.ts'
import { useValueWords } from '../../../app/names/use-value-words.ts'
import { type StandIn, stoodIn } from '../../../simulate/session.ts'
import { Badge, Button, Checkbox, TextArea, TextField, ValueView } from '../../../ui/index.ts'
import styles from './Simulate.module.css'
import { useNameOf } from './use-name-of.ts'
import type { Simulation } from './use-simulation.ts'

/** What would have left, and what the outside is said to have answered. */
export function Outside({ simulation, titleOf }: { readonly simulation: Simulation; readonly titleOf: (node: string) => string }) {
  const t = useT()
  const format = useFormat()
  const labelOf = useNameOf()
  const wordOf = useValueWords()
  const [editing, setEditing] = useState<string | null>(null)
  const { state, run } = simulation
  const acts = (state.result?.acts ?? []).filter((act) => act.run === run?.run && act.node !== null)
  if (acts.length === 0) return null
  return (
    <section className={styles.card} aria-label={t('simulate.acts')}>
      <h4>{t('simulate.acts')}</h4>
      {acts.map((act, index) => {
        const node = act.node ?? ''
        const isTold = state.session?.standIns[node] !== undefined
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same act may leave twice at one instant; the list only grows.
          <details key={index} className={styles.act} data-testid="simulate-act" data-node={node}>
            <summary>
              <b>{titleOf(node)}</b> <span className={styles.quiet}>{format.exact(act.at)}</span>{' '}
              <Badge>{t(isTold ? 'simulate.act.told' : 'simulate.act.assumed')}</Badge>
            </summary>
            <ValueView value={act.request} labelOf={labelOf} wordOf={wordOf} />
            {editing === node ? (
              <Said node={node} simulation={simulation} onDone={() => setEditing(null)} />
            ) : (
              <Button size="small" onPress={() => setEditing(node)}>
                {t('simulate.act.say')}
              </Button>
            )}
          </details>
        )
      })}
    </section>
  )
}

function Said({ node, simulation, onDone }: { readonly node: string; readonly simulation: Simulation; readonly onDone: () => void }) {
  const t = useT()
  const { store, state, file } = simulation
  const before = state.session?.standIns[node]?.[0]
  const [port, setPort] = useState(before?.port ?? 'out')
  const [text, setText] = useState(() => JSON.stringify(before?.data ?? {}, null, 2))
  const [fails, setFails] = useState(before?.error !== undefined)
  const [code, setCode] = useState(before?.error?.code ?? 'TIMEOUT')
  const [wrong, setWrong] = useState<string | null>(null)
  const tell = (standIn: StandIn | null) => {
    if (state.session !== null) void store.tell(stoodIn(state.session, node, standIn), file())
    onDone()
  }
  function use(): void {
    try {
      tell(fails ? { error: { code, message: code, terminal: true } } : { port, data: JSON.parse(text) as Json })
    } catch (thrown) {
      setWrong(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
    }
  }
  return (
    <div className={styles.stack}>
      <Checkbox isSelected={fails} onChange={setFails}>
        {t('simulate.act.fails')}
      </Checkbox>
      {fails ? (
        <TextField label={t('simulate.act.code')} value={code} onChange={setCode} isCode />
      ) : (
        <>
          <TextField label={t('simulate.act.port')} value={port} onChange={setPort} isCode />
          <TextArea label={t('simulate.act.data')} value={text} onChange={setText} rows={4} isCode spellCheck="false" error={wrong} />
        </>
      )}
      <div className={styles.jumps}>
        <Button size="small" tone="primary" onPress={use}>
          {t('simulate.act.use')}
        </Button>
        {before !== undefined && (
          <Button size="small" onPress={() => tell(null)}>
            {t('simulate.act.forget')}
          </Button>
        )}
        <Button size="small" tone="quiet" onPress={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  )
}
