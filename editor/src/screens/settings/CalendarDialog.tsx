import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { type CalendarView, isProblem, readCalendarFile, saveCalendar } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Checkbox, ComboBox, Dialog, TextArea, TextField } from '../../ui/index.ts'
import { hoursText, readDays, readHours } from './calendar-text.ts'
import styles from './SettingsScreen.module.css'

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))
const days = [1, 2, 3, 4, 5, 6, 7] as const

/** A calendar of the workspace, written down; its days may come from a file. */
export function CalendarDialog({
  calendar,
  isNew,
  onClose,
}: {
  readonly calendar: CalendarView
  readonly isNew: boolean
  readonly onClose: () => void
}) {
  const t = useT()
  const [id, setId] = useState(calendar.id)
  const [english, setEnglish] = useState(calendar.label.en)
  const [chinese, setChinese] = useState(calendar.label['zh-CN'])
  const [timeZone, setTimeZone] = useState(calendar.timeZone)
  const [weekdays, setWeekdays] = useState<readonly number[]>(calendar.weekdays)
  const [hours, setHours] = useState(hoursText(calendar.hours))
  const [holidays, setHolidays] = useState(calendar.holidays.join('\n'))
  const [shifted, setShifted] = useState(calendar.shifted.join('\n'))
  const [error, setError] = useState<string | null>(null)
  const tell = (problem: unknown) => {
    if (!isProblem(problem, 409, 422)) return false
    setError([problem.message, ...problem.errors.map((each) => `${each.path} ${each.message}`)].join(' '))
    return true
  }
  const read = readHours(hours)
  const label = { en: english.trim() || chinese.trim(), 'zh-CN': chinese.trim() || english.trim() }
  const body = { label, timeZone, weekdays, hours: read ?? [], holidays: readDays(holidays), shifted: readDays(shifted) }
  const save = useAct(() => saveCalendar({ id: id.trim(), ...body }), {
    done: () => t('app.saved'),
    refresh: [['calendars']],
    onDone: onClose,
    onProblem: tell,
  })
  const file = useAct(readCalendarFile, {
    done: (found) => t('settings.calendars.file.read', { holidays: found.holidays.length, shifted: found.shifted.length }),
    onDone(found) {
      setHolidays(merged(holidays, found.holidays, found.shifted))
      setShifted(merged(shifted, found.shifted, found.holidays))
    },
    onProblem: tell,
  })
  const isReady = /^[a-z0-9][a-z0-9-]{0,63}$/.test(id.trim()) && label.en !== '' && weekdays.length > 0 && read !== null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isNew ? 'settings.calendars.add' : 'settings.calendars.edit')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isDisabled={!isReady} isPending={save.isPending} onPress={() => save.mutate(undefined)}>
            {t('app.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form} data-testid="calendar-form">
        <TextField
          label={t('settings.calendars.id')}
          description={t('settings.calendars.id.help')}
          value={id}
          onChange={setId}
          isDisabled={!isNew}
          maxLength={64}
          autoComplete="off"
          isRequired
        />
        <TextField label={t('settings.calendars.name.en')} value={english} onChange={setEnglish} maxLength={100} autoComplete="off" />
        <TextField label={t('settings.calendars.name.zh')} value={chinese} onChange={setChinese} maxLength={100} autoComplete="off" />
        <ComboBox
          label={t('settings.calendars.zone')}
          options={zones}
          value={timeZone}
          onChange={(zone) => zone !== null && setTimeZone(zone)}
        />
        <fieldset className={styles.roles}>
          <legend>{t('settings.calendars.weekdays')}</legend>
          {days.map((day) => (
            <Checkbox
              key={day}
              isSelected={weekdays.includes(day)}
              onChange={(isOn) => setWeekdays(isOn ? [...weekdays, day].sort() : weekdays.filter((one) => one !== day))}
            >
              {t(`settings.calendars.day.${day}`)}
            </Checkbox>
          ))}
        </fieldset>
        <TextField
          label={t('settings.calendars.hours')}
          description={read === null ? t('settings.calendars.hours.wrong') : t('settings.calendars.hours.help')}
          value={hours}
          onChange={setHours}
          autoComplete="off"
        />
        <TextArea
          label={t('settings.calendars.holidays')}
          description={t('settings.calendars.holidays.help')}
          value={holidays}
          onChange={setHolidays}
        />
        <TextArea
          label={t('settings.calendars.shifted')}
          description={t('settings.calendars.shifted.help')}
          value={shifted}
          onChange={setShifted}
        />
        <div>
          <FileTrigger
            acceptedFileTypes={['.csv', '.json', 'text/csv', 'application/json']}
            onSelect={(files) => void files?.[0]?.text().then((text) => file.mutate(text))}
          >
            <Button isPending={file.isPending}>{t('settings.calendars.file')}</Button>
          </FileTrigger>
          <p className={styles.quiet}>{t('settings.calendars.file.help')}</p>
        </div>
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** What the file says wins over what stands there. */
function merged(text: string, added: readonly string[], taken: readonly string[]): string {
  return [...new Set([...readDays(text).filter((day) => !taken.includes(day)), ...added])].sort().join('\n')
}
