import { useQuery } from '@tanstack/react-query'
import { peopleQuery, repsQuery, useMay, useSession } from '../api/index.ts'
import { type MessageId, useT } from '../i18n/index.ts'

const roleNames: Readonly<Record<string, MessageId>> = {
  admin: 'app.role.admin',
  analyst: 'app.role.analyst',
  developer: 'app.role.developer',
  rep: 'app.role.rep',
  manager: 'app.role.manager',
  operator: 'app.role.operator',
  director: 'app.role.director',
  legal: 'app.role.legal',
  consent_manager: 'app.role.consent_manager',
  sender: 'app.role.sender',
}

export function useRoleName(): (role: string) => string {
  const t = useT()
  return (role) => {
    const id = roleNames[role]
    return id === undefined ? role : t(id)
  }
}

/** `rep:r-1`, `user:u-1`, `role:director` or a bare id, as a name. */
export function usePersonName(): (address: string | null | undefined) => string {
  const t = useT()
  const may = useMay()
  const session = useSession()
  const roleName = useRoleName()
  const users = useQuery({ ...peopleQuery, enabled: may('tasks.read'), retry: false })
  const reps = useQuery({ ...repsQuery, enabled: may('customers.read'), retry: false })
  return (address) => {
    if (address === null || address === undefined || address === '') return t('app.nobody')
    const [kind, ...rest] = address.split(':')
    const id = rest.length === 0 ? address : rest.join(':')
    if (kind === 'role') return roleName(id)
    if (id === session?.user.id) return t('app.you')
    const rep = reps.data?.items.find((each) => each.id === id)
    return rep?.name ?? users.data?.items.find((user) => user.id === id)?.name ?? id
  }
}
