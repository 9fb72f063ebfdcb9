import { FlaskConical, PanelRightClose } from 'lucide-react'
import { useT } from '../../../app/i18n/index.ts'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { Badge, IconButton } from '../../../ui/index.ts'
import { Playing } from './Playing.tsx'
import { SavedTests } from './SavedTests.tsx'
import { SetupForm } from './SetupForm.tsx'
import styles from './Simulate.module.css'
import { useSimulation } from './use-simulation.ts'

/** The draft on a virtual clock, beside its drawing: choose what sets it off, play, answer, jump, step back, keep it as a test. */
export default function SimulatePanel() {
  const t = useT()
  const { view } = useFlowEditor()
  const simulation = useSimulation()
  return (
    <section className={styles.panel} aria-label={t('simulate.title')} data-testid="simulate" data-key-scope="replay">
      <header className={styles.head}>
        <FlaskConical size={18} aria-hidden="true" />
        <h3>{t('simulate.title')}</h3>
        <Badge>{t('simulate.badge')}</Badge>
        <IconButton
          size="small"
          label={t('simulate.close')}
          icon={<PanelRightClose size={15} aria-hidden="true" />}
          onPress={() => view.setState({ simulateOpen: false })}
        />
      </header>
      <div className={styles.body}>
        <details className={styles.about}>
          <summary>{t('simulate.about')}</summary>
          <ul>
            <li>{t('simulate.about.real')}</li>
            <li>{t('simulate.about.stood-in')}</li>
            <li>{t('simulate.about.nothing')}</li>
          </ul>
        </details>
        {simulation.state.session === null ? <SetupForm simulation={simulation} /> : <Playing simulation={simulation} />}
        <SavedTests simulation={simulation} />
      </div>
    </section>
  )
}
