import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, isProblem, queryClient, signIn } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { Button, TextField } from '../../ui/index.ts'
import styles from './Doorway.module.css'
import { Doorway } from './Doorway.tsx'

const passwordCharsMin = 12

/** The first person becomes the administrator. */
export function SetupScreen() {
  const t = useT()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isShort, setShort] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if ([...password].length < passwordCharsMin) {
      setShort(true)
      return
    }
    setPending(true)
    setError(null)
    try {
      await api.post('/setup', { name: name.trim(), email: email.trim(), password })
      await signIn(email.trim(), password)
      go('/', { replace: true })
    } catch (problem) {
      if (isProblem(problem, 409)) {
        queryClient.removeQueries({ queryKey: ['setup'] })
        void navigate({ to: '/sign-in', replace: true })
      }
      setError(problem instanceof Error ? problem.message : String(problem))
    } finally {
      setPending(false)
    }
  }
  return (
    <Doorway title={t('app.setup.title')} lead={t('app.setup.lead')}>
      <form className={styles.form} onSubmit={submit}>
        <TextField label={t('app.setup.name')} autoComplete="name" value={name} onChange={setName} isRequired autoFocus />
        <TextField label={t('app.sign-in.email')} type="email" autoComplete="username" value={email} onChange={setEmail} isRequired />
        <TextField
          label={t('app.sign-in.password')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(value) => {
            setPassword(value)
            setShort(false)
          }}
          isRequired
          description={t('app.setup.password.help')}
          error={isShort ? t('app.setup.short') : null}
        />
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <Button type="submit" tone="primary" size="large" isWide isPending={isPending}>
          {t('app.setup.submit')}
        </Button>
      </form>
    </Doorway>
  )
}
