import { useT } from '../../../app/i18n/index.ts'
import { among } from '../../../app/names/among.ts'
import { useFieldLabel } from '../../../app/names/use-field-label.ts'

/** Names that our own steps give what they send out and what they end with. */
const names = [
  'actions',
  'askHuman',
  'at',
  'cause',
  'channel',
  'epoch',
  'facts',
  'goal',
  'id',
  'kind',
  'origin',
  'originLabel',
  'purpose',
  'receipt',
  'risks',
  'scene',
  'situation',
  'state',
  'supersededAt',
  'to',
  'within',
] as const
const isName = among(names)

/** What a name in the result of a simulation, or in what would have left, is called. */
export function useNameOf(): (name: string) => string {
  const t = useT()
  const fieldLabel = useFieldLabel()
  return (name) => {
    const label = fieldLabel(name)
    return label === name && isName(name) ? t(`simulate.name.${name}`) : label
  }
}
