import type { Cell, CustomerSession } from '../../../app/api/index.ts'
import { useFormat, useT } from '../../../app/i18n/index.ts'
import { usePersonName } from '../../../app/names/PersonName.tsx'
import { useWords } from '../../../app/names/use-words.ts'
import { Badge, Button } from '../../../ui/index.ts'
import type { ConsentAct } from './act.ts'
import styles from './ConsentTab.module.css'

/** Each talk with the customer; consent can be given and taken back for one alone. */
export function Sessions({
  sessions,
  cellCount,
  mayWrite,
  onAct,
}: {
  readonly sessions: readonly CustomerSession[]
  /** How many squares there are: a session that lost them all is withdrawn as a whole. */
  readonly cellCount: number
  readonly mayWrite: boolean
  readonly onAct: (act: ConsentAct) => void
}) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const personName = usePersonName()
  const isCut = (session: CustomerSession) => session.cut.length >= cellCount
  if (sessions.length === 0) return <p className={styles.nothing}>{t('customers.sessions.none')}</p>
  return (
    <ul>
      {sessions.map((session) => (
        <li key={session.id} className={styles.row}>
          <div className={styles.rowWords}>
            <span className={styles.line}>
              <strong>{words.channel(session.channel)}</strong>
              <span className={styles.help}>
                {format.dateTime(session.openedAt)}
                {session.rep !== null && ` · ${personName(session.rep)}`}
              </span>
              <Badge tone={session.closedAt === null ? 'run' : 'skipped'}>
                {session.closedAt === null
                  ? t('customers.session.open')
                  : t('customers.session.closed', { when: format.relative(session.closedAt) })}
              </Badge>
              {isCut(session) && <Badge tone="error">{t('customers.session.all-cut')}</Badge>}
            </span>
            <Cells title={t('customers.session.only')} cells={session.granted} />
            {!isCut(session) && <Cells title={t('customers.session.cut')} cells={session.cut} />}
          </div>
          {mayWrite && !isCut(session) && (
            <Button size="small" onPress={() => onAct({ kind: 'withdraw-session', session })}>
              {t('customers.session.withdraw')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Cells({ title, cells }: { readonly title: string; readonly cells: readonly Cell[] }) {
  const t = useT()
  const words = useWords()
  const format = useFormat()
  if (cells.length === 0) return null
  const names = cells.map((cell) => t('customers.withdraw.cell', { purpose: words.purpose(cell.purpose), scene: words.scene(cell.scene) }))
  return <span className={styles.help}>{t('customers.named', { name: title, value: format.list(names) })}</span>
}
