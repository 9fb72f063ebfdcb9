import { type FormEvent, useState } from 'react'
import { changePassword, isProblem, useMay, useSession } from '../../app/api/index.ts'
import { chooseLanguage } from '../../app/choose-language.ts'
import { type DataLanguage, needTexts, type ScreenLanguage, useLanguageStore, useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { switchTheme, type Theme, themes, useTheme } from '../../app/theme.ts'
import { Badge, Button, Card, Facts, onDemand, Segments, TextField } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

const PushDevice = onDemand(async () => (await Promise.all([import('./PushDevice.tsx'), needTexts('switches')]))[0].PushDevice)

const passwordCharsMin = 12

/** One's own language, appearance and password. */
export function Profile() {
  const t = useT()
  const roleName = useRoleName()
  const user = useSession()?.user
  const may = useMay()
  return (
    <>
      <Card title={t('settings.profile.you')}>
        <Facts
          items={[
            { name: t('settings.name'), value: user?.name },
            { name: t('app.sign-in.email'), value: user?.email },
            {
              name: t('settings.roles'),
              value: (
                <span className={styles.badges}>
                  {user?.roles.map((role) => (
                    <Badge key={role}>{roleName(role)}</Badge>
                  ))}
                </span>
              ),
            },
          ]}
        />
      </Card>
      <Appearance />
      {may('tasks.read') && <PushDevice />}
      <Password />
    </>
  )
}

function Appearance() {
  const t = useT()
  const language = useLanguageStore((state) => state.language)
  const theme = useTheme((state) => state.theme)
  const languages: readonly DataLanguage[] = ['zh-CN', 'en']
  return (
    <Card title={t('settings.profile.look')}>
      <Facts
        items={[
          {
            name: t('app.language'),
            value: (
              <Segments<ScreenLanguage>
                label={t('app.language')}
                value={language}
                onChange={(chosen) => void chooseLanguage(chosen)}
                options={languages.map((each) => ({ value: each, label: t(`app.language.${each}`) }))}
              />
            ),
          },
          {
            name: t('app.theme'),
            value: (
              <Segments<Theme>
                label={t('app.theme')}
                value={theme}
                onChange={switchTheme}
                options={themes.map((each) => ({ value: each, label: t(`app.theme.${each}`) }))}
              />
            ),
          },
        ]}
      />
    </Card>
  )
}

function Password() {
  const t = useT()
  const email = useSession()?.user.email ?? ''
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const change = useAct(changePassword, {
    done: () => t('settings.password.done'),
    onDone: () => {
      setCurrent('')
      setPassword('')
    },
    onProblem: (problem) => {
      if (!isProblem(problem)) return false
      setError(problem.message)
      return true
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ([...password].length < passwordCharsMin) setError(t('app.setup.short'))
    else {
      setError(null)
      change.mutate({ current, password })
    }
  }
  return (
    <Card title={t('settings.password')}>
      <form className={styles.form} onSubmit={submit}>
        {/* Password managers file the new one under this account. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label={t('settings.password.current')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          isRequired
        />
        <TextField
          label={t('settings.password.new')}
          type="password"
          autoComplete="new-password"
          description={t('app.setup.password.help')}
          value={password}
          onChange={setPassword}
          error={error}
          isRequired
        />
        <Button type="submit" isPending={change.isPending}>
          {t('settings.password.change')}
        </Button>
      </form>
    </Card>
  )
}
