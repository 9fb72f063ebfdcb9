import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { cx, Link, onDemand, PlainButton } from '../../ui/index.ts'
import { useSession } from '../api/index.ts'
import { useT } from '../i18n/index.ts'
import styles from './PhoneBar.module.css'
import { useIsHere } from './Rail.tsx'
import { allScreens, mayOpen, type Screen, screenTitle } from './screens.ts'
import { useOpenCounts } from './use-open-counts.ts'

const MorePlaces = onDemand(async () => (await import('./MorePlaces.tsx')).MorePlaces)

/** As many as a thumb reaches; the rest is behind “More”. */
const placesMax = 4

export function PhoneBar() {
  const t = useT()
  const permissions = useSession()?.user.permissions ?? []
  const counts = useOpenCounts()
  const [isOpen, open] = useState(false)
  const screens = allScreens.filter((screen) => mayOpen(screen, permissions))
  const rest = screens.slice(placesMax)
  return (
    <nav className={styles.bar} aria-label={t('app.rail')}>
      {screens.slice(0, placesMax).map((screen) => (
        <PhoneLink key={screen.id} screen={screen} count={counts[screen.id]} />
      ))}
      <PlainButton className={styles.place} onPress={() => open(true)}>
        <Ellipsis size={20} aria-hidden="true" />
        <span>{t('app.more')}</span>
      </PlainButton>
      {isOpen && <MorePlaces screens={rest} onClose={() => open(false)} />}
    </nav>
  )
}

function PhoneLink({ screen, count }: { readonly screen: Screen; readonly count?: number | undefined }) {
  const t = useT()
  const isHere = useIsHere(screen.href)
  return (
    <Link href={screen.href} className={cx(styles.place, isHere && styles.here)} {...(isHere && { 'aria-current': 'page' as const })}>
      <screen.icon size={20} aria-hidden="true" />
      <span>{t(screenTitle(screen.id))}</span>
      {count !== undefined && count > 0 && <span className={styles.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  )
}
