import { useRouterState } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { cx, IconButton, Link, Tooltip } from '../../ui/index.ts'
import { useSession } from '../api/index.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from './Mark.tsx'
import styles from './Rail.module.css'
import { toggleRail, useRail } from './rail-store.ts'
import { mayOpen, type Screen, screenGroups, screenTitle, settingsScreen } from './screens.ts'
import { useOpenCounts } from './use-open-counts.ts'

export function Rail() {
  const t = useT()
  const isNarrow = useRail((state) => state.isNarrow)
  const permissions = useSession()?.user.permissions ?? []
  const counts = useOpenCounts()
  const toggle = t(isNarrow ? 'app.rail.expand' : 'app.rail.collapse')
  return (
    <nav id="rail" className={cx(styles.rail, isNarrow && styles.narrow)} aria-label={t('app.rail')}>
      <div className={styles.brand}>
        <Mark />
        <span className={styles.name}>{t('app.name')}</span>
      </div>
      <div className={styles.groups}>
        {screenGroups.map((group) => {
          const screens = group.screens.filter((screen) => mayOpen(screen, permissions))
          if (screens.length === 0) return null
          return (
            <section key={group.id} className={styles.group} aria-label={t(`app.group.${group.id}`)}>
              <span className={styles.title} aria-hidden="true">
                {t(`app.group.${group.id}`)}
              </span>
              {screens.map((screen) => (
                <RailLink key={screen.id} screen={screen} isNarrow={isNarrow} count={counts[screen.id]} />
              ))}
            </section>
          )
        })}
      </div>
      <div className={styles.foot}>
        <RailLink screen={settingsScreen} isNarrow={isNarrow} />
        <IconButton
          label={toggle}
          icon={isNarrow ? <PanelLeftOpen size={16} aria-hidden="true" /> : <PanelLeftClose size={16} aria-hidden="true" />}
          size="small"
          tooltipPlacement="right"
          onPress={toggleRail}
        />
      </div>
    </nav>
  )
}

export function useIsHere(href: string): boolean {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const root = `/${href.split('/')[1]}`
  return path === root || path.startsWith(`${root}/`)
}

function RailLink({
  screen,
  isNarrow,
  count,
}: {
  readonly screen: Screen
  readonly isNarrow: boolean
  readonly count?: number | undefined
}) {
  const t = useT()
  const isHere = useIsHere(screen.href)
  const title = t(screenTitle(screen.id))
  const link = (
    <Link
      href={screen.href}
      className={cx(styles.link, isHere && styles.here)}
      {...(isHere && { 'aria-current': 'page' as const })}
      {...(isNarrow && { 'aria-label': count === undefined || count === 0 ? title : `${title} ${count}` })}
    >
      <screen.icon size={16} strokeWidth={1.9} aria-hidden="true" />
      <span className={styles.words}>{title}</span>
      {count !== undefined && count > 0 && <span className={styles.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  )
  return isNarrow ? (
    <Tooltip text={title} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  )
}
