import { useQuery } from '@tanstack/react-query'
import { peopleQuery, repsQuery, useSession } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { ComboBox } from '../../ui/index.ts'

const roles = ['manager', 'director', 'legal', 'consent_manager', 'admin'] as const

/** A rep, or everyone with a role. */
export function PersonPick({
  label,
  value,
  onChange,
  without = [],
}: {
  readonly label: string
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  /** Addresses that make no sense here. */
  readonly without?: readonly string[]
}) {
  const t = useT()
  const roleName = useRoleName()
  const reps = useQuery(repsQuery)
  const people = useQuery(peopleQuery)
  const me = useSession()?.user.id
  const options = [
    ...(reps.data?.items ?? []).map((rep) => ({
      value: `rep:${rep.id}`,
      label: rep.name,
      help: [rep.team, rep.region].filter(Boolean).join(' · ') || t('tasks.transfer.people'),
    })),
    ...(people.data?.items ?? [])
      .filter(({ id, rep, active }) => active && rep === null && id !== me)
      .map(({ id, name, roles: held }) => ({ value: `user:${id}`, label: name, help: held.map(roleName).join(' · ') })),
    ...roles.map((role) => ({ value: `role:${role}`, label: roleName(role), help: t('tasks.transfer.role') })),
  ].filter((option) => !without.includes(option.value))
  return <ComboBox label={label} options={options} value={value} onChange={onChange} placeholder={t('app.select.placeholder')} />
}
