import type { FlowDefinition } from '@sluice/flows'
import { ArrowLeft, FlaskConical } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { FlowSurface } from '../../canvas/engine/FlowSurface.tsx'
import { type FlowEditor, FlowEditorProvider } from '../../canvas/flow-editor.ts'
import { PictureBar } from '../../canvas/picture/PictureBar.tsx'
import { createViewStore } from '../../canvas/view-store.ts'
import { createFlowStore, createProblemStore, fromFile, placeSteps } from '../../doc/index.ts'
import { createRunStore } from '../../run/run-store.ts'
import type { Session } from '../../simulate/session.ts'
import { Badge, Button } from '../../ui/index.ts'
import { Playing } from '../canvas/simulate/Playing.tsx'
import { Refused } from '../canvas/simulate/Refused.tsx'
import { useSimulation } from '../canvas/simulate/use-simulation.ts'
import styles from './Replay.module.css'

/** A fork of a run: the version it ran with, in the simulator. The run itself is only read. */
export default function Sandbox({
  file,
  session,
  of,
  onClose,
}: {
  readonly file: FlowDefinition
  readonly session: Session
  readonly of: string
  readonly onClose: () => void
}) {
  const t = useT()
  const say = useSay()
  const [editor] = useState<FlowEditor>(() => ({
    flow: createFlowStore(placeSteps(fromFile(file), catalogue)),
    catalogue,
    view: createViewStore({ canEdit: false }),
    runs: createRunStore(() => []),
    problems: createProblemStore(),
    saving: null,
    past: null,
    surface: { current: null },
  }))
  return (
    <FlowEditorProvider value={editor}>
      <div className={styles.stage} data-testid="sandbox">
        <div className={styles.drawing}>
          <FlowSurface label={t('canvas.picture', { name: say(file.name), count: file.nodes.length })}>
            <PictureBar />
          </FlowSurface>
          <p className={styles.sandbox}>
            <FlaskConical size={14} aria-hidden="true" /> {t('replay.fork.sandbox', { run: of.slice(-6) })}
          </p>
        </div>
        <aside className={styles.sandboxSide}>
          <header className={styles.detailHead}>
            <h2>{t('replay.fork.from', { run: of.slice(-6) })}</h2>
            <Badge>{t('simulate.badge')}</Badge>
          </header>
          <Button icon={<ArrowLeft size={14} aria-hidden="true" />} onPress={onClose}>
            {t('replay.fork.close')}
          </Button>
          <p className={styles.none}>{t('replay.fork.assumed')}</p>
          <Forked session={session} file={file} />
        </aside>
      </div>
    </FlowEditorProvider>
  )
}

function Forked({ session, file }: { readonly session: Session; readonly file: FlowDefinition }) {
  const simulation = useSimulation()
  const { store, state } = simulation
  useEffect(() => void store.tell(session, file), [store, session, file])
  if (state.session === null) return <Refused problem={state.problem} />
  return <Playing simulation={simulation} onRestart={() => void store.tell(session, file)} />
}
