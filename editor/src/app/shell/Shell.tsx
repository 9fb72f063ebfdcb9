import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Toasts } from '../../ui/index.ts'
import { useSession } from '../api/index.ts'
import { chosenLanguage, switchLanguage, useLanguageStore, useT } from '../i18n/index.ts'
import { useSending } from '../offline/use-sending.ts'
import { useAnnouncement } from './announce.ts'
import { PaletteHost } from './PaletteHost.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { Rail } from './Rail.tsx'
import styles from './Shell.module.css'
import { useShellCommands } from './shell-commands.ts'
import { TopBar } from './TopBar.tsx'

/** What stays while screens come and go: rail, top bar, palette, notices, live region. */
export function Shell() {
  const t = useT()
  const session = useSession()
  useShellCommands()
  useSending()
  const language = session?.user.language
  useEffect(() => {
    if (language === undefined || language === null || language === useLanguageStore.getState().language) return
    // Nobody chose a language on this device yet: the account knows the one of last time.
    if (chosenLanguage() === null) void switchLanguage(language)
  }, [language])
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {t('app.skip.main')}
      </a>
      <Rail />
      <TopBar />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <PhoneBar />
      <PaletteHost />
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function LiveRegion() {
  const text = useAnnouncement((state) => state.text)
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  )
}
