import { useQuery } from '@tanstack/react-query'
import { fieldsQuery, useMay } from '../api/index.ts'
import { useSay, useT } from '../i18n/index.ts'
import { among } from './among.ts'

const common = [
  'amount',
  'confidence',
  'currency',
  'customer',
  'discount',
  'event',
  'message',
  'model',
  'name',
  'offer',
  'proposal',
  'quote',
  'reason',
  'sources',
  'strategy',
  'text',
  'value',
] as const
const isCommon = among(common)

/** Names inside data that people decide about: customer fields by their catalogue, usual words by ours, else as they are. */
export function useFieldLabel(): (name: string) => string {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const fields = useQuery({ ...fieldsQuery, enabled: may('customers.read'), retry: false })
  return (name) => {
    const label = say(fields.data?.items.find((field) => field.name === name)?.label)
    if (label !== '') return label
    return isCommon(name) ? t(`app.field.${name}`) : name
  }
}
