import { Dialog, Link } from '../../ui/index.ts'
import { useT } from '../i18n/index.ts'
import styles from './PhoneBar.module.css'
import { type Screen, screenTitle } from './screens.ts'

/** The screens that have no place in the bar of a phone. */
export function MorePlaces({ screens, onClose }: { readonly screens: readonly Screen[]; readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog isOpen onClose={onClose} title={t('app.more')}>
      <div className={styles.sheet}>
        {screens.map((screen) => (
          <Link key={screen.id} href={screen.href} className={styles.row} onClick={onClose}>
            <screen.icon size={18} aria-hidden="true" />
            {t(screenTitle(screen.id))}
          </Link>
        ))}
      </div>
    </Dialog>
  )
}
