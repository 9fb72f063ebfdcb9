import {
  Ban,
  CheckCircle2,
  CircleSlash,
  Clock,
  GitMerge,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  PhoneForwarded,
  Radio,
  Redo,
  RotateCcw,
  RotateCw,
  ShieldBan,
  UserRound,
  XCircle,
} from 'lucide-react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import type { StepState } from '../../run/picture.ts'
import { cx } from '../../ui/index.ts'
import styles from './StateChip.module.css'

/** Without a run a step may be switched off; one that an ended run never came to was skipped by it. */
type Shown = StepState | 'disabled' | 'skipped'

const looks: Readonly<Record<Shown, readonly [LucideIcon, string]>> = {
  running: [LoaderCircle, 'run'],
  'waiting-time': [Clock, 'wait'],
  'waiting-event': [Radio, 'wait'],
  'waiting-lines': [GitMerge, 'wait'],
  'waiting-call': [PhoneForwarded, 'wait'],
  retrying: [RotateCw, 'wait'],
  'waiting-person': [UserRound, 'human'],
  done: [CheckCircle2, 'ok'],
  failed: [XCircle, 'error'],
  incident: [OctagonAlert, 'error'],
  blocked: [ShieldBan, 'consent'],
  vetoed: [Ban, 'error'],
  cancelled: [CircleSlash, 'skipped'],
  undone: [RotateCcw, 'skipped'],
  disabled: [CircleSlash, 'skipped'],
  skipped: [Redo, 'skipped'],
}

/** Icon, word and colour of a step's state in a run; what waits says until when. */
export function StateChip({ state, dueAt, count }: { readonly state: Shown; readonly dueAt?: number | null; readonly count?: number }) {
  const t = useT()
  const format = useFormat()
  const [Icon, tone] = looks[state]
  return (
    <span className={cx(styles.chip, styles[tone])} data-state={state}>
      <Icon size={12} strokeWidth={2.2} className={cx(state === 'running' && styles.turning)} aria-hidden="true" />
      <span className={styles.word}>{t(`canvas.state.${state}`)}</span>
      {dueAt !== undefined && dueAt !== null && <span className={styles.due}>{format.moment(dueAt)}</span>}
      {count !== undefined && count > 1 && <span className={styles.due}>×{format.number(count)}</span>}
    </span>
  )
}
