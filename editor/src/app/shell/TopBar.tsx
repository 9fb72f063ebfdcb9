import { ChevronRight, Languages, LogOut, Monitor, Moon, Search, Sun, UserRound } from 'lucide-react'
import { Fragment, type ReactNode, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Badge, cx, IconButton, Kbd, Link, Menu, PlainButton } from '../../ui/index.ts'
import { useSession } from '../api/index.ts'
import { chooseLanguage } from '../choose-language.ts'
import { runCommand } from '../commands/index.ts'
import { type ScreenLanguage, useLanguageStore, useSay, useT } from '../i18n/index.ts'
import { Notices } from '../notices/Notices.tsx'
import { switchTheme, type Theme, themes, useTheme } from '../theme.ts'
import { initialsOf } from './initials.ts'
import { LiveBadge } from './LiveBadge.tsx'
import { Mark } from './Mark.tsx'
import { usePageHead } from './page.ts'
import { leave } from './shell-commands.ts'
import styles from './TopBar.module.css'

const slotId = 'topbar-slot'
const themeIcons = { system: Monitor, light: Sun, dark: Moon }

export function TopBar() {
  const t = useT()
  return (
    <header className={styles.bar}>
      <span className={styles.mark}>
        <Mark size={22} />
      </span>
      <Crumbs />
      <div id={slotId} className={styles.slot} />
      <LiveBadge />
      <PlainButton className={styles.search} onPress={() => runCommand('app.palette', 'toolbar')}>
        <Search size={14} aria-hidden="true" />
        <span className={styles.searchWords}>{t('app.search')}</span>
        <span className={styles.searchKeys}>
          <Kbd keys="Mod+K" />
        </span>
      </PlainButton>
      <Notices />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu />
    </header>
  )
}

const noSubscription = () => () => {}

/** A screen puts its own buttons into the top bar with this. */
export function TopBarSlot({ children }: { readonly children: ReactNode }) {
  const slot = useSyncExternalStore(
    noSubscription,
    () => document.getElementById(slotId),
    () => null,
  )
  return slot === null ? null : createPortal(children, slot)
}

function Crumbs() {
  const t = useT()
  const say = useSay()
  const { crumbs, environment } = usePageHead()
  const workspace = useSession()?.workspace
  return (
    <div className={styles.where}>
      <ol className={styles.crumbs}>
        {workspace !== undefined && (
          <li className={styles.workspace}>
            <span className={styles.up}>{say(workspace.name)}</span>
          </li>
        )}
        {crumbs.map((crumb, index) => (
          <Fragment key={`${crumb.label}${crumb.href ?? ''}`}>
            {(index > 0 || workspace !== undefined) && (
              <li aria-hidden="true" className={cx(styles.between, index === 0 && styles.workspace)}>
                <ChevronRight size={13} />
              </li>
            )}
            <li className={styles.crumb}>
              {crumb.href !== undefined && index < crumbs.length - 1 ? (
                <Link href={crumb.href} className={styles.up}>
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page">{crumb.label}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
      {environment !== undefined && (
        <Badge tone={environment.kind === 'live' ? 'ok' : environment.kind === 'changed' ? 'wait' : 'neutral'} className={styles.demo}>
          {t(`app.environment.${environment.kind}`, environment.kind === 'draft' ? {} : { version: environment.version })}
        </Badge>
      )}
      {environment === undefined && workspace?.demo === true && (
        <Badge tone="wait" className={styles.demo}>
          {t('app.environment.demo')}
        </Badge>
      )}
    </div>
  )
}

function LanguageMenu() {
  const t = useT()
  const language = useLanguageStore((state) => state.language)
  const shown: readonly ScreenLanguage[] = import.meta.env.DEV ? ['en', 'zh-CN', 'pseudo'] : ['en', 'zh-CN']
  return (
    <Menu
      label={t('app.language')}
      placement="bottom end"
      trigger={<IconButton className={styles.wideOnly} label={t('app.language')} icon={<Languages size={16} aria-hidden="true" />} />}
      groups={[
        {
          id: 'language',
          entries: shown.map((each) => ({
            id: each,
            label: t(`app.language.${each}`),
            isChosen: each === language,
            onAction: () => void chooseLanguage(each),
          })),
        },
      ]}
    />
  )
}

function themeEntries(t: ReturnType<typeof useT>, theme: Theme) {
  return themes.map((each) => {
    const Icon = themeIcons[each]
    return {
      id: each,
      label: t(`app.theme.${each}`),
      icon: <Icon size={14} aria-hidden="true" />,
      isChosen: each === theme,
      onAction: () => switchTheme(each),
    }
  })
}

function ThemeMenu() {
  const t = useT()
  const theme = useTheme((state) => state.theme)
  const Icon = themeIcons[theme]
  return (
    <Menu
      label={t('app.theme')}
      placement="bottom end"
      trigger={<IconButton className={styles.wideOnly} label={t('app.theme')} icon={<Icon size={16} aria-hidden="true" />} />}
      groups={[{ id: 'theme', entries: themeEntries(t, theme) }]}
    />
  )
}

function UserMenu() {
  const t = useT()
  const session = useSession()
  const theme = useTheme((state) => state.theme)
  const language = useLanguageStore((state) => state.language)
  if (session === null) return null
  const initials = initialsOf(session.user.name)
  return (
    <Menu
      label={t('app.user', { name: session.user.name })}
      placement="bottom end"
      trigger={
        <PlainButton className={styles.user} aria-label={t('app.user', { name: session.user.name })}>
          {initials === '' ? <UserRound size={14} aria-hidden="true" /> : <span className={styles.initials} data-initials={initials} />}
        </PlainButton>
      }
      groups={[
        {
          id: 'profile',
          entries: [
            {
              id: 'profile',
              label: session.user.name,
              help: session.user.email,
              icon: <UserRound size={14} aria-hidden="true" />,
              href: '/settings/profile',
            },
          ],
        },
        {
          id: 'language',
          title: t('app.language'),
          entries: (['en', 'zh-CN'] as const).map((each) => ({
            id: each,
            label: t(`app.language.${each}`),
            isChosen: each === language,
            onAction: () => void chooseLanguage(each),
          })),
        },
        { id: 'theme', title: t('app.theme'), entries: themeEntries(t, theme) },
        {
          id: 'out',
          entries: [
            { id: 'sign-out', label: t('app.sign-out'), icon: <LogOut size={14} aria-hidden="true" />, onAction: () => void leave() },
          ],
        },
      ]}
    />
  )
}
