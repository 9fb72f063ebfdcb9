import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changeUser, createUser, isProblem, repsQuery, saveRep, type User } from '../../app/api/index.ts'
import { useLanguageStore, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, Select, TextField } from '../../ui/index.ts'
import { RoleChoice } from './RoleChoice.tsx'
import styles from './SettingsScreen.module.css'

/** A new account, or another name, role or password for one. */
export function PersonDialog({ user, onClose }: { readonly user: User | null; readonly onClose: () => void }) {
  const t = useT()
  // Who is added is taken to read what the one who adds them reads, until they choose themselves.
  const language = useLanguageStore((state) => state.language)
  const reps = useQuery(repsQuery)
  const [name, setName] = useState(user?.name ?? '')
  const [email, setEmail] = useState(user?.email ?? '')
  const [password, setPassword] = useState('')
  const [roles, setRoles] = useState<readonly string[]>(user?.roles ?? ['analyst'])
  const [rep, setRep] = useState<string | null>(user?.rep ?? null)
  const sells = roles.includes('rep') || roles.includes('manager')
  const own = reps.data?.items.find(({ id }) => id === rep)
  const [chosenManager, setManager] = useState<string | null | undefined>(undefined)
  const manager = chosenManager === undefined ? (own?.manager ?? null) : chosenManager
  const [error, setError] = useState<string | null>(null)
  const save = useAct(
    async () => {
      if (sells && own !== undefined && manager !== (own.manager ?? null)) await saveRep({ ...own, manager })
      const common = { name: name.trim(), roles, rep: sells ? rep : null, ...(password === '' ? {} : { password }) }
      return user === null
        ? createUser({ ...common, email: email.trim(), password, language: language === 'zh-CN' ? language : 'en' })
        : changeUser({ id: user.id, ...common })
    },
    {
      done: () => t('app.saved'),
      refresh: [['users'], ['reps']],
      onDone: onClose,
      onProblem: (problem) => {
        if (!isProblem(problem, 409, 422, 403)) return false
        setError([problem.message, ...problem.errors.map((each) => `${each.path} ${each.message}`)].join(' '))
        return true
      },
    },
  )
  const isReady = name.trim() !== '' && roles.length > 0 && (user !== null || (email.includes('@') && password !== ''))
  const none = 'none'
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={user === null ? t('settings.people.add') : user.name}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isDisabled={!isReady} isPending={save.isPending} onPress={() => save.mutate(undefined)}>
            {t('app.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField label={t('settings.name')} value={name} onChange={setName} isRequired autoFocus autoComplete="off" />
        {user === null && (
          <TextField label={t('app.sign-in.email')} type="email" value={email} onChange={setEmail} isRequired autoComplete="off" />
        )}
        <TextField
          label={user === null ? t('app.sign-in.password') : t('settings.password.new')}
          description={user === null ? t('app.setup.password.help') : t('settings.people.password.help')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired={user === null}
        />
        <RoleChoice chosen={roles} onChange={setRoles} isPerson />
        {sells && (
          <Select
            label={t('settings.people.rep')}
            description={t('settings.people.rep.help')}
            value={rep ?? none}
            onChange={(value) => {
              setRep(value === none ? null : value)
              setManager(undefined)
            }}
            options={[
              { value: none, label: t('app.none') },
              ...(reps.data?.items ?? []).map((each) => ({
                value: each.id,
                label: each.name,
                ...(typeof each.team === 'string' && { help: each.team }),
              })),
            ]}
          />
        )}
        {sells && own !== undefined && (
          <Select
            label={t('settings.people.manager')}
            description={t('settings.people.manager.help')}
            value={manager ?? none}
            onChange={(value) => setManager(value === none ? null : value)}
            options={[
              { value: none, label: t('app.none') },
              ...(reps.data?.items ?? []).filter(({ id }) => id !== rep).map(({ id, name: called }) => ({ value: id, label: called })),
            ]}
          />
        )}
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  )
}
