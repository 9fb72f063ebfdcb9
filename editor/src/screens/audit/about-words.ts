import { useT } from '../../app/i18n/index.ts'
import { among } from '../../app/names/among.ts'

/** What an entry may be about; each has its words as `audit.about.<name>`. */
export const knownAbout = [
  'absence',
  'action',
  'alert',
  'all',
  'app',
  'by',
  'calendar',
  'category',
  'cause',
  'cell',
  'channel',
  'code',
  'comment',
  'compensate',
  'consent',
  'customer',
  'deputy',
  'discount',
  'field',
  'flow',
  'for',
  'from',
  'kind',
  'letter',
  'node',
  'of',
  'person',
  'purpose',
  'receipt',
  'run',
  'scene',
  'session',
  'setting',
  'state',
  'switch',
  'switched',
  'task',
  'template',
  'to',
  'token',
  'user',
  'version',
  'withdrawal',
] as const
const isKnown = among(knownAbout)

/** A name inside an entry in words; any other as it is. */
export function useAboutWords(): (name: string) => string {
  const t = useT()
  return (name) => (isKnown(name) ? t(`audit.about.${name}`) : name)
}
