import { ShieldCheck } from 'lucide-react'
import type { Withdrawal } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useNow } from '../../app/names/use-now.ts'
import { cx } from '../../ui/index.ts'
import { clockOf, escalationSeconds, limitMs } from './clock.ts'
import styles from './SlaClock.module.css'

const tickMs = 100

/** The time since receipt against 90 seconds: runs while steps are open, stands still with the result after. */
export function SlaClock({ withdrawal, readAt }: { readonly withdrawal: Withdrawal; readonly readAt: number }) {
  const t = useT()
  const format = useFormat()
  const now = useNow(withdrawal.completedAt === null ? tickMs : 60_000)
  const clock = clockOf(withdrawal, readAt, now)
  const isLate = clock.elapsedMs > limitMs
  const words = format.duration(clock.isRunning ? Math.floor(clock.elapsedMs / 100) * 100 : clock.elapsedMs)
  return (
    <section className={cx(styles.clock, isLate && styles.late, clock.isRunning && styles.running)} aria-label={t('withdrawals.clock')}>
      <div className={styles.numbers}>
        <div>
          <span className={styles.big} role="timer">
            {words}
          </span>
          <span className={styles.of}>{t('withdrawals.clock.of')}</span>
        </div>
        <p className={styles.fence}>
          <ShieldCheck size={15} aria-hidden="true" />
          {t('withdrawals.clock.fence', { time: format.duration(Math.max(1, withdrawal.fenceMs)) })}
        </p>
      </div>
      <div className={styles.track}>
        <div className={styles.fill} style={{ width: `${Math.min(100, (clock.elapsedMs / limitMs) * 100)}%` }} />
        {escalationSeconds.map((second) => (
          <span key={second} className={styles.tick} style={{ left: `${(second * 100_000) / limitMs}%` }}>
            <span>{second}</span>
          </span>
        ))}
      </div>
      <p className={styles.verdict}>
        {clock.isRunning
          ? t(isLate ? 'withdrawals.clock.over' : 'withdrawals.clock.running', {
              time: format.duration(Math.max(0, limitMs - clock.elapsedMs)),
            })
          : t(isLate ? 'withdrawals.clock.late' : 'withdrawals.clock.done')}
      </p>
    </section>
  )
}
