import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { noteFirstRun, useSession } from '../../app/api/index.ts'
import { chooseLanguage } from '../../app/choose-language.ts'
import { chosenLanguage, type ScreenLanguage, switchLanguage, useLanguageStore, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { Mark } from '../../app/shell/Mark.tsx'
import { usePage } from '../../app/shell/page.ts'
import { homeOf } from '../../app/shell/screens.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Segments, Toasts } from '../../ui/index.ts'
import { FirstFlow } from './FirstFlow.tsx'
import styles from './Welcome.module.css'

/** The first sign-in. Who draws flows is asked three things and gets one that runs; everyone else is asked for the language and goes to work. */
export function WelcomeScreen() {
  const t = useT()
  const session = useSession()
  const { to } = useSearch({ from: '/welcome' })
  const language = useLanguageStore((state) => state.language)
  const permissions = session?.user.permissions ?? []
  const builds = permissions.includes('flows.write')
  const next = to?.startsWith('/') === true && !/^\/[/\\]/.test(to) ? to : homeOf(permissions)
  const [given] = useState(() => session?.user.language)
  useEffect(() => {
    if (given !== undefined && given !== null && chosenLanguage() === null) void switchLanguage(given)
  }, [given])
  const leave = useAct(noteFirstRun, { onDone: () => go(next, { replace: true }) })
  usePage({ crumbs: [{ label: t('welcome.title', { name: session?.user.name ?? '' }) }] })
  return (
    <main className={styles.welcome}>
      <header className={styles.head}>
        <span className={styles.brand}>
          <Mark size={24} />
          {t('app.name')}
        </span>
        {builds && (
          <Button tone="quiet" isPending={leave.isPending} onPress={() => leave.mutate('skipped')}>
            {t('welcome.skip')}
          </Button>
        )}
      </header>
      <div className={styles.page} data-testid="welcome">
        <h1>{t('welcome.title', { name: session?.user.name ?? '' })}</h1>
        <p className={styles.lead}>{t(builds ? 'welcome.lead' : 'welcome.lead.language')}</p>
        <div className={styles.question}>
          <h2 className={styles.legend}>{t('app.language')}</h2>
          <Segments<ScreenLanguage>
            label={t('app.language')}
            value={language}
            onChange={(chosen) => void chooseLanguage(chosen)}
            options={[
              { value: 'zh-CN', label: t('app.language.zh-CN') },
              { value: 'en', label: t('app.language.en') },
            ]}
          />
        </div>
        {builds ? (
          <FirstFlow />
        ) : (
          <Button tone="primary" size="large" className={styles.start} isPending={leave.isPending} onPress={() => leave.mutate('answered')}>
            {t('welcome.to-work')}
          </Button>
        )}
      </div>
      <Toasts />
    </main>
  )
}
