import {
  Ban,
  Bell,
  BellRing,
  CheckCircle2,
  Circle,
  CircleDashed,
  CircleDot,
  CircleSlash,
  Clock,
  FileEdit,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  Send,
  ShieldBan,
  ShieldCheck,
  Snowflake,
  UserRound,
  XCircle,
} from 'lucide-react'
import { useT } from '../app/i18n/index.ts'
import { Badge, type Tone } from './Badge.tsx'
import { cx } from './cx.ts'
import styles from './StatusChip.module.css'

/** Icon, word and colour for every state a thing can be in; an unknown one shows its own name. */
const looks = {
  running: [LoaderCircle, 'run'],
  waiting: [Clock, 'wait'],
  succeeded: [CheckCircle2, 'ok'],
  failed: [XCircle, 'error'],
  cancelled: [CircleSlash, 'skipped'],
  incident: [OctagonAlert, 'error'],
  open: [Circle, 'human'],
  claimed: [UserRound, 'human'],
  answered: [CheckCircle2, 'ok'],
  expired: [Clock, 'skipped'],
  acknowledged: [CheckCircle2, 'ok'],
  unacknowledged: [Bell, 'wait'],
  escalated: [BellRing, 'error'],
  completed: [ShieldCheck, 'ok'],
  completed_late: [OctagonAlert, 'error'],
  fenced: [ShieldCheck, 'consent'],
  received: [CircleDot, 'consent'],
  propagating: [LoaderCircle, 'run'],
  partial: [OctagonAlert, 'error'],
  pending: [CircleDashed, 'skipped'],
  doing: [LoaderCircle, 'run'],
  done: [CheckCircle2, 'ok'],
  not_applicable: [CircleSlash, 'skipped'],
  granted: [ShieldCheck, 'ok'],
  withdrawn: [ShieldBan, 'consent'],
  active: [CheckCircle2, 'ok'],
  draft: [FileEdit, 'skipped'],
  queued: [CircleDashed, 'run'],
  begun: [LoaderCircle, 'run'],
  sent: [Send, 'ok'],
  recorded: [FileEdit, 'skipped'],
  suppressed: [Ban, 'consent'],
  blocked: [ShieldBan, 'consent'],
  frozen: [Snowflake, 'consent'],
  closed: [CircleSlash, 'skipped'],
  disabled: [Ban, 'skipped'],
} as const satisfies Readonly<Record<string, readonly [LucideIcon, Tone]>>
export type KnownState = keyof typeof looks
const turning = new Set<string>(['running', 'propagating', 'doing', 'begun'])

function isKnown(state: string): state is KnownState {
  return Object.hasOwn(looks, state)
}

export function StatusChip({ state, isQuiet }: { readonly state: string; readonly isQuiet?: boolean }) {
  const t = useT()
  const [Icon, tone] = isKnown(state) ? looks[state] : ([Circle, 'neutral'] as const)
  return (
    <Badge
      tone={tone}
      icon={<Icon size={13} className={cx(turning.has(state) && styles.turning)} aria-hidden="true" />}
      {...(isQuiet === true && { isQuiet })}
    >
      {isKnown(state) ? t(`app.state.${state}`) : state}
    </Badge>
  )
}
