import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { absencesQuery, endAbsence, setAbsence } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, TextField } from '../../ui/index.ts'
import { PersonPick } from './PersonPick.tsx'
import styles from './TaskPane.module.css'

const refresh = [['absences'], ['tasks']] as const

/** Who answers while one is away. */
export function AbsenceDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const absences = useQuery(absencesQuery)
  const [deputy, setDeputy] = useState<string | null>(null)
  const [from, setFrom] = useState(() => dayOf(Date.now()))
  const [until, setUntil] = useState(() => dayOf(Date.now() + 7 * 86_400_000))
  const set = useAct(setAbsence, { done: () => t('tasks.away.done'), refresh, onDone: onClose })
  const end = useAct(endAbsence, { done: () => t('tasks.away.ended'), refresh })
  const span = { from: startOf(from), until: endOf(until) }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tasks.away.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={deputy === null || span.from === null || span.until === null}
            isPending={set.isPending}
            onPress={() => {
              if (deputy !== null && span.from !== null && span.until !== null) set.mutate({ deputy, from: span.from, until: span.until })
            }}
          >
            {t('tasks.away.set')}
          </Button>
        </>
      }
    >
      {(absences.data?.items ?? []).map((absence) => (
        <div key={absence.id} className={styles.absence}>
          <span>
            {t('tasks.away.line', {
              name: personName(absence.person),
              deputy: personName(absence.deputy),
              from: format.date(absence.from),
              until: format.date(absence.until),
            })}
          </span>
          <Button size="small" onPress={() => end.mutate(absence.id)} isPending={end.isPending}>
            {t('tasks.away.end')}
          </Button>
        </div>
      ))}
      <PersonPick label={t('tasks.away.deputy')} value={deputy} onChange={setDeputy} />
      <TextField label={t('tasks.away.from')} type="date" value={from} onChange={setFrom} />
      <TextField label={t('tasks.away.until')} type="date" value={until} onChange={setUntil} />
      <p className={styles.quiet}>{t('tasks.away.money')}</p>
    </Dialog>
  )
}

function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** Days are the reader's own. */
function startOf(day: string): string | null {
  return instant(`${day}T00:00:00`)
}

function endOf(day: string): string | null {
  return instant(`${day}T23:59:59`)
}

function instant(text: string): string | null {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
