import { useSession } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useFilters } from '../../app/use-filters.ts'
import { FilterChips } from '../../ui/index.ts'

const mine = 'me'

/** Everyone's flows or one's own; those of a colleague, once their name was followed from the list. */
export function OwnerChips({ owner, name }: { readonly owner: string | undefined; readonly name: string | undefined }) {
  const t = useT()
  const me = useSession()?.user.id
  const { set } = useFilters()
  const value = owner === me ? mine : (owner ?? null)
  const others = value === null || value === mine ? [] : [{ value, label: name ?? value }]
  return (
    <FilterChips
      label={t('flows.owner')}
      all={t('flows.owner.all')}
      value={value}
      onChange={(chosen) => set({ owner: chosen ?? undefined })}
      options={[{ value: mine, label: t('flows.owner.mine') }, ...others]}
    />
  )
}
