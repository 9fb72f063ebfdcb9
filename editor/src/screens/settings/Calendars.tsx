import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type CalendarView, calendarsQuery, removeCalendar } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Card, ConfirmDialog } from '../../ui/index.ts'
import { CalendarDialog } from './CalendarDialog.tsx'
import { emptyCalendar } from './calendar-text.ts'
import styles from './SettingsScreen.module.css'

/** Working time of places: what ships, and what the workspace keeps for itself. */
export function Calendars({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useT()
  const say = useSay()
  const { data, error, refetch } = useQuery(calendarsQuery)
  const [edited, edit] = useState<CalendarView | null>(null)
  const [leaving, setLeaving] = useState<CalendarView | null>(null)
  const remove = useAct(removeCalendar, {
    done: () => t('settings.calendars.removed'),
    refresh: [['calendars']],
    onDone: () => setLeaving(null),
  })
  const copyOf = (calendar: CalendarView): CalendarView => ({ ...calendar, id: `${calendar.id}-own`, shipped: false })
  return (
    <Card
      title={t('settings.calendars')}
      aside={
        mayWrite && (
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onPress={() => edit(emptyCalendar())}>
            {t('settings.calendars.add')}
          </Button>
        )
      }
      isFlush
    >
      <p className={styles.nothing}>{t('settings.calendars.text')}</p>
      {error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
      <ul data-testid="calendars">
        {(data?.items ?? []).map((calendar) => (
          <li key={calendar.id} className={styles.row} data-calendar={calendar.id}>
            <div className={styles.words}>
              <strong>{say(calendar.label)}</strong>
              <span className={styles.quiet}>
                {t('settings.calendars.facts', {
                  zone: calendar.timeZone,
                  holidays: calendar.holidays.length,
                  shifted: calendar.shifted.length,
                })}
                {calendar.years[0] > 0 && ` · ${calendar.years[0]}–${calendar.years[1]}`}
              </span>
              {calendar.sources?.map(({ year, says, address }) => (
                <span key={year} className={styles.quiet}>
                  {year}:{' '}
                  {address === undefined ? (
                    say(says)
                  ) : (
                    <a href={address} target="_blank" rel="noreferrer">
                      {say(says)}
                    </a>
                  )}
                </span>
              ))}
            </div>
            <div className={styles.badges}>
              {calendar.shipped && <Badge tone="neutral">{t('settings.calendars.shipped')}</Badge>}
              {mayWrite && (
                <Button size="small" onPress={() => edit(calendar.shipped ? copyOf(calendar) : calendar)}>
                  {t(calendar.shipped ? 'settings.calendars.copy' : 'settings.calendars.edit')}
                </Button>
              )}
              {mayWrite && !calendar.shipped && (
                <Button size="small" tone="danger" onPress={() => setLeaving(calendar)}>
                  {t('settings.connections.remove')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('settings.connections.remove.title', { name: leaving === null ? '' : say(leaving.label) })}
        action={t('settings.connections.remove')}
        isPending={remove.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && remove.mutate(leaving.id)}
      >
        {t('settings.calendars.remove.text')}
      </ConfirmDialog>
      {edited !== null && (
        <CalendarDialog
          key={edited.id}
          calendar={edited}
          isNew={(data?.items ?? []).every(({ id }) => id !== edited.id)}
          onClose={() => edit(null)}
        />
      )}
    </Card>
  )
}
