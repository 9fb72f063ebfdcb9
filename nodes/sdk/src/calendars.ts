import { words } from './words.ts'
import type { WorkingCalendar } from './working-time.ts'

const office = [[540, 1080]] as const
const mondayToFriday = [1, 2, 3, 4, 5]

/** All days from one to another, both included. */
function days(first: string, last: string): readonly string[] {
  const found: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) found.push(new Date(at).toISOString().slice(0, 10))
  return found
}

/**
 * Calendars that ship. China: the State Council's holiday notices for 2025 and 2026, with the weekends that are worked instead;
 * the notice for a year comes out in the autumn before it, so a later year is not known here. Germany: the holidays of all its
 * states, which its laws and the date of Easter say. Another year or place is another entry here, or a calendar of the workspace.
 */
export const workingCalendars: readonly WorkingCalendar[] = [
  {
    id: 'cn',
    label: words('China, 9 to 18', '中国，9:00–18:00'),
    timeZone: 'Asia/Shanghai',
    weekdays: mondayToFriday,
    hours: office,
    holidays: [
      ...days('2025-01-01', '2025-01-01'),
      ...days('2025-01-28', '2025-02-04'),
      ...days('2025-04-04', '2025-04-06'),
      ...days('2025-05-01', '2025-05-05'),
      ...days('2025-05-31', '2025-06-02'),
      ...days('2025-10-01', '2025-10-08'),
      ...days('2026-01-01', '2026-01-03'),
      ...days('2026-02-15', '2026-02-23'),
      ...days('2026-04-04', '2026-04-06'),
      ...days('2026-05-01', '2026-05-05'),
      ...days('2026-06-19', '2026-06-21'),
      ...days('2026-09-25', '2026-09-27'),
      ...days('2026-10-01', '2026-10-07'),
    ],
    shifted: [
      '2025-01-26',
      '2025-02-08',
      '2025-04-27',
      '2025-09-28',
      '2025-10-11',
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ],
    years: [2025, 2026],
    sources: [
      {
        year: 2025,
        says: words(
          'General Office of the State Council, notice of 12 November 2024 (国办发明电〔2024〕12号), as Xinhua printed it',
          '国务院办公厅 2024 年 11 月 12 日通知（国办发明电〔2024〕12号），据新华社',
        ),
      },
      {
        year: 2026,
        says: words(
          'General Office of the State Council, notice of 4 November 2025, as Xinhua printed it',
          '国务院办公厅 2025 年 11 月 4 日通知，据新华社',
        ),
        address: 'https://politics.gmw.cn/2025-11/04/content_38391083.htm',
      },
    ],
  },
  {
    id: 'de',
    label: words('Germany, 9 to 18', '德国，9:00–18:00'),
    timeZone: 'Europe/Berlin',
    weekdays: mondayToFriday,
    hours: office,
    holidays: [
      '2025-01-01',
      '2025-04-18',
      '2025-04-21',
      '2025-05-01',
      '2025-05-29',
      '2025-06-09',
      '2025-10-03',
      '2025-12-25',
      '2025-12-26',
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-10-03',
      '2026-12-25',
      '2026-12-26',
    ],
    shifted: [],
    years: [2025, 2026],
    sources: [
      { year: 2025, says: words('Holidays of all states by law; Easter Sunday is 20 April', '各州共同的法定假日；复活节为 4 月 20 日') },
      { year: 2026, says: words('Holidays of all states by law; Easter Sunday is 5 April', '各州共同的法定假日；复活节为 4 月 5 日') },
    ],
  },
]

/** Null when no calendar has this name. */
export function workingCalendar(id: string): WorkingCalendar | null {
  return workingCalendars.find((calendar) => calendar.id === id) ?? null
}
