import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { firstStop, isProblem, setupQuery, signIn } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { forgetAnswers } from '../../app/offline/forget-offline.ts'
import { Button, TextField } from '../../ui/index.ts'
import styles from './Doorway.module.css'
import { Doorway } from './Doorway.tsx'

/** Only addresses of this product; anything else could send a person away with their session. */
function safeTarget(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/'
}

export function SignInScreen() {
  const t = useT()
  const navigate = useNavigate()
  const { to, why } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const setup = useQuery(setupQuery)
  useEffect(() => {
    if (setup.data?.needed === true) void navigate({ to: '/setup', replace: true })
  }, [setup.data, navigate])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setPending(true)
    setError(null)
    try {
      await forgetAnswers()
      await signIn(email.trim(), password)
      go(firstStop(safeTarget(to)), { replace: true })
    } catch (problem) {
      setPassword('')
      setError(isProblem(problem, 401, 403) ? t('app.sign-in.refused') : problem instanceof Error ? problem.message : String(problem))
    } finally {
      setPending(false)
    }
  }
  return (
    <Doorway title={t('app.sign-in.title')} lead={t('app.sign-in.lead')}>
      {why === 'expired' && error === null && <p className={styles.note}>{t('app.sign-in.expired')}</p>}
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t('app.sign-in.email')}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <TextField
          label={t('app.sign-in.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <Button type="submit" tone="primary" size="large" isWide isPending={isPending}>
          {t('app.sign-in.submit')}
        </Button>
      </form>
    </Doorway>
  )
}
