import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { changeUser, type User, usersQuery, useSession } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { usePersonName, useRoleName } from '../../app/names/PersonName.tsx'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Card, Switch } from '../../ui/index.ts'
import { PersonDialog } from './PersonDialog.tsx'
import styles from './SettingsScreen.module.css'

/** Who may sign in, and as what. */
export function People() {
  const t = useT()
  const users = useQuery(usersQuery)
  const [editing, edit] = useState<User | 'new' | null>(null)
  if (users.isError) return <QueryProblem error={users.error} onRetry={() => void users.refetch()} />
  if (users.isPending) return <ScreenLoading />
  return (
    <>
      <p className={styles.lead}>{t('settings.people.lead')}</p>
      <Card
        title={t('settings.people.count', { count: users.data.items.length })}
        aside={
          <Button size="small" tone="primary" icon={<Plus size={14} aria-hidden="true" />} onPress={() => edit('new')}>
            {t('settings.people.add')}
          </Button>
        }
        isFlush
      >
        <ul>
          {users.data.items.map((user) => (
            <Person key={user.id} user={user} onEdit={() => edit(user)} />
          ))}
        </ul>
      </Card>
      {editing !== null && <PersonDialog user={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </>
  )
}

function Person({ user, onEdit }: { readonly user: User; readonly onEdit: () => void }) {
  const t = useT()
  const roleName = useRoleName()
  const personName = usePersonName()
  const me = useSession()?.user.id
  const change = useAct(changeUser, { done: () => t('app.saved'), refresh: [['users']] })
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <strong>{user.name}</strong>
        <span className={styles.quiet}>
          {user.email}
          {user.rep !== null && ` · ${personName(`rep:${user.rep}`)}`}
        </span>
      </div>
      <div className={styles.badges}>
        {user.roles.map((role) => (
          <Badge key={role} tone={role === 'admin' ? 'accent' : 'neutral'}>
            {roleName(role)}
          </Badge>
        ))}
        <Switch
          aria-label={t('settings.people.active', { name: user.name })}
          isSelected={user.active}
          isDisabled={user.id === me || change.isPending}
          onChange={(active) => change.mutate({ id: user.id, active })}
        />
        <Button size="small" onPress={onEdit}>
          {t('settings.change')}
        </Button>
      </div>
    </li>
  )
}
