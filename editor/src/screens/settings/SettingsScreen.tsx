import { useEffect, useRef } from 'react'
import { useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { usePage } from '../../app/shell/page.ts'
import { NoAccess, ScreenMissing } from '../../app/shell/ScreenStates.tsx'
import { cx, Link, onDemand } from '../../ui/index.ts'
import { scrollWithin } from '../../ui/scroll-within.ts'
import { Profile } from './Profile.tsx'
import styles from './SettingsScreen.module.css'

const Connections = onDemand(async () => (await import('./Connections.tsx')).Connections)
const People = onDemand(async () => (await import('./People.tsx')).People)
const Rights = onDemand(async () => (await import('./Rights.tsx')).Rights)
const Tokens = onDemand(async () => (await import('./Tokens.tsx')).Tokens)
const Workspace = onDemand(async () => (await import('./Workspace.tsx')).Workspace)
const Shortcuts = onDemand(async () => (await import('./Shortcuts.tsx')).Shortcuts)

const sections = [
  { id: 'profile', permission: null, content: Profile },
  { id: 'shortcuts', permission: null, content: Shortcuts },
  { id: 'people', permission: 'users.manage', content: People },
  { id: 'rights', permission: 'audit.read', content: Rights },
  { id: 'tokens', permission: 'tokens.manage', content: Tokens },
  { id: 'connections', permission: 'settings.read', content: Connections },
  { id: 'workspace', permission: 'settings.read', content: Workspace },
] as const

export function SettingsScreen({ section }: { readonly section: string }) {
  const t = useT()
  const may = useMay()
  const shown = sections.filter((each) => each.permission === null || may(each.permission))
  const current = sections.find((each) => each.id === section)
  const list = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone there are more sections than room: the open one is in sight.
  useEffect(() => {
    const here = list.current?.querySelector('[aria-current]')
    if (list.current !== null && here != null) scrollWithin(list.current, here)
  }, [section])
  usePage({
    crumbs: [
      { label: t('app.screen.settings'), href: '/settings/profile' },
      ...(current === undefined ? [] : [{ label: t(`settings.${current.id}`) }]),
    ],
  })
  if (current === undefined) return <ScreenMissing />
  const Content = current.content
  return (
    <div className={styles.screen}>
      <nav ref={list} className={styles.sections} aria-label={t('app.screen.settings')}>
        {shown.map((each) => (
          <Link
            key={each.id}
            href={`/settings/${each.id}`}
            className={cx(styles.section, each.id === section && styles.here)}
            {...(each.id === section && { 'aria-current': 'page' as const })}
          >
            {t(`settings.${each.id}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        <h1 className={styles.title}>{t(`settings.${current.id}`)}</h1>
        {shown.includes(current) ? <Content /> : <NoAccess />}
      </div>
    </div>
  )
}
