import { Check, CircleDashed, Clock, Minus, ShieldBan } from 'lucide-react'
import type { GridSquare } from '../../../app/api/index.ts'
import { type MessageId, useFormat, useT } from '../../../app/i18n/index.ts'
import { type PurposeName, purposeNames, type SceneName, sceneNames } from '../../../app/names/use-words.ts'
import { Button, cx, PlainButton, Popover, PopoverTrigger } from '../../../ui/index.ts'
import type { ConsentAct } from './act.ts'
import styles from './ConsentTab.module.css'

const looks: Readonly<Record<string, { readonly id: MessageId; readonly icon: typeof Check; readonly tone: string }>> = {
  given: { id: 'customers.state.given', icon: Check, tone: 'given' },
  withdrawn: { id: 'customers.state.withdrawn', icon: ShieldBan, tone: 'withdrawn' },
  refused: { id: 'customers.state.refused', icon: Minus, tone: 'refused' },
  expired: { id: 'customers.state.expired', icon: Clock, tone: 'refused' },
  requested: { id: 'customers.state.requested', icon: CircleDashed, tone: 'none' },
  stale: { id: 'customers.state.stale', icon: Clock, tone: 'refused' },
  none: { id: 'customers.state.none', icon: CircleDashed, tone: 'none' },
}
const unknown = { id: 'app.unknown', icon: CircleDashed, tone: 'none' } as const

/** 28 squares: seven scenes down, four purposes across. Each is its own promise. */
export function ConsentGrid({
  grid,
  mayWrite,
  onAct,
}: {
  readonly grid: readonly GridSquare[]
  readonly mayWrite: boolean
  readonly onAct: (act: ConsentAct) => void
}) {
  const t = useT()
  const find = (purpose: PurposeName, scene: SceneName): GridSquare =>
    grid.find((each) => each.purpose === purpose && each.scene === scene) ?? { purpose, scene, state: 'none', consent: null, since: null }
  return (
    <table className={styles.grid}>
      <thead>
        <tr>
          <td />
          {purposeNames.map((purpose) => (
            <th key={purpose} scope="col">
              {t(`app.purpose.${purpose}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sceneNames.map((scene) => (
          <tr key={scene}>
            <th scope="row">{t(`app.scene.${scene}`)}</th>
            {purposeNames.map((purpose) => (
              <td key={purpose}>
                <Square square={find(purpose, scene)} purpose={purpose} scene={scene} mayWrite={mayWrite} onAct={onAct} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Square({
  square,
  purpose,
  scene,
  mayWrite,
  onAct,
}: {
  readonly square: GridSquare
  readonly purpose: PurposeName
  readonly scene: SceneName
  readonly mayWrite: boolean
  readonly onAct: (act: ConsentAct) => void
}) {
  const t = useT()
  const format = useFormat()
  const look = looks[square.state] ?? unknown
  const state = t(look.id)
  const label = t('customers.cell', { purpose: t(`app.purpose.${purpose}`), scene: t(`app.scene.${scene}`), state })
  const isGiven = square.state === 'given'
  return (
    <PopoverTrigger>
      <PlainButton aria-label={label} className={cx(styles.square, styles[look.tone])}>
        <look.icon size={14} strokeWidth={2.2} aria-hidden="true" />
        <span className={styles.state}>{state}</span>
      </PlainButton>
      <Popover label={label} placement="bottom">
        {(close) => (
          <div className={styles.bubble}>
            <strong>{t('customers.withdraw.cell', { purpose: t(`app.purpose.${purpose}`), scene: t(`app.scene.${scene}`) })}</strong>
            <p className={styles.help}>
              {state}
              {square.since !== null && ` · ${t('customers.since', { when: format.dateTime(square.since) })}`}
            </p>
            {mayWrite && (
              <Button
                size="small"
                tone={isGiven ? 'danger' : 'secondary'}
                onPress={() => {
                  close()
                  onAct({ kind: isGiven ? 'withdraw' : 'grant', cell: { purpose, scene } })
                }}
              >
                {t(isGiven ? 'customers.withdraw' : 'customers.grant')}
              </Button>
            )}
          </div>
        )}
      </Popover>
    </PopoverTrigger>
  )
}
