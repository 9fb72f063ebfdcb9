import { useQuery } from '@tanstack/react-query'
import { fieldsQuery, useMay, type Withdrawal } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { purposeNames, sceneNames, useWords } from '../../app/names/use-words.ts'

/** What was taken back, as short as it can be said. */
export function useScopeWords(): (withdrawal: Pick<Withdrawal, 'kind' | 'cells' | 'scope'>) => string {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const categoryName = useCategoryName()
  return ({ kind, cells, scope }) => {
    if (kind === 'all') return t('withdrawals.scope.all')
    if (kind === 'category') return t('withdrawals.scope.category', { names: format.list((scope.categories ?? []).map(categoryName)) })
    const purposes = [...new Set(cells.map((cell) => cell.purpose))]
    const scenes = [...new Set(cells.map((cell) => cell.scene))]
    const session = typeof scope.session === 'string' && scope.session !== '' ? ` · ${t('withdrawals.scope.session')}` : ''
    if (cells.length === purposeNames.length * sceneNames.length) return `${t('withdrawals.scope.all')}${session}`
    if (kind === 'scene' && purposes.length === purposeNames.length) return `${format.list(scenes.map(words.scene))}${session}`
    if (kind === 'purpose' && scenes.length === sceneNames.length) return `${format.list(purposes.map(words.purpose))}${session}`
    const groups = purposes.map((purpose) =>
      t('withdrawals.scope.group', {
        purpose: words.purpose(purpose),
        scenes: format.list(cells.filter((cell) => cell.purpose === purpose).map((cell) => words.scene(cell.scene))),
      }),
    )
    return `${format.list(groups)}${session}`
  }
}

/** A kind of data by the fields that hold it: nobody says `contact.mobile`. */
function useCategoryName(): (category: string) => string {
  const say = useSay()
  const format = useFormat()
  const may = useMay()
  const fields = useQuery({ ...fieldsQuery, enabled: may('customers.read'), retry: false })
  return (category) => {
    const labels = (fields.data?.items ?? []).filter((field) => field.category === category).map((field) => say(field.label))
    return labels.length === 0 ? category : format.list(labels)
  }
}
