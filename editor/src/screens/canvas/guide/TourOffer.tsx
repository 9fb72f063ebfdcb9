import { Footprints } from 'lucide-react'
import { useRef } from 'react'
import { useT } from '../../../app/i18n/index.ts'
import { Button } from '../../../ui/index.ts'
import styles from './Guide.module.css'
import { actTour } from './tour-store.ts'
import { useCorner } from './use-corner.ts'

export function TourOffer() {
  const t = useT()
  const card = useRef<HTMLElement>(null)
  const corner = useCorner(card)
  return (
    <section ref={card} className={styles.card} data-corner={corner} aria-label={t('tour.title')} data-testid="tour-offer">
      <h3 className={styles.title}>
        <Footprints size={16} aria-hidden="true" />
        {t('tour.title')}
      </h3>
      <p>{t('tour.offer')}</p>
      <div className={styles.acts}>
        <Button size="small" tone="primary" onPress={() => actTour({ kind: 'begin' })}>
          {t('tour.start')}
        </Button>
        <Button size="small" tone="quiet" onPress={() => actTour({ kind: 'leave' })}>
          {t('tour.later')}
        </Button>
      </div>
    </section>
  )
}
