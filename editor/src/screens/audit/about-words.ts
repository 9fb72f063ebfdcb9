import { useT } from '../../app/i18n/index.ts'

/** What an entry may be about; each has its words as `audit.about.<name>`. */
const known = [
  'absence',
  'alert',
  'app',
  'by',
  'calendar',
  'cause',
  'channel',
  'code',
  'comment',
  'consent',
  'customer',
  'deputy',
  'discount',
  'field',
  'flow',
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
  'task',
  'template',
  'to',
  'token',
  'user',
  'version',
  'withdrawal',
] as const
type Known = (typeof known)[number]

function isKnown(name: string): name is Known {
  return known.some((each) => each === name)
}

/** A name inside an entry in words; any other as it is. */
export function useAboutWords(): (name: string) => string {
  const t = useT()
  return (name) => (isKnown(name) ? t(`audit.about.${name}`) : name)
}
