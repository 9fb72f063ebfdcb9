import { Lightbulb, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { runCommand } from '../../../app/commands/index.ts'
import { useT } from '../../../app/i18n/index.ts'
import { go } from '../../../app/navigate.ts'
import { announce } from '../../../app/shell/announce.ts'
import { useFlow, useFlowEditor, useView } from '../../../canvas/flow-editor.ts'
import { Button, IconButton } from '../../../ui/index.ts'
import styles from './Guide.module.css'
import { type Hint, noteSeen, wasSeen } from './hints.ts'
import { useCorner } from './use-corner.ts'
import { useHesitation } from './use-hesitation.ts'

/** One hint, once in a life, where somebody seems not to know how to go on. */
export function Hints() {
  const place = usePlace()
  const hint: Hint | null = place === null ? null : place === 'empty' ? 'empty' : 'problems'
  const [shown, setShown] = useState<Hint | null>(null)
  const hesitates = useHesitation(shown === null && hint !== null && !wasSeen(hint) ? place : null)
  useEffect(() => {
    if (!hesitates || hint === null) return
    noteSeen(hint)
    setShown(hint)
  }, [hesitates, hint])
  useEffect(() => {
    // What it spoke of is no longer there.
    if (hint === null) setShown(null)
  }, [hint])
  return shown === null ? null : <HintCard hint={shown} onClose={() => setShown(null)} />
}

/** Where a person may be at a loss: an empty canvas, or one step with problems that is chosen. */
function usePlace(): string | null {
  const { problems } = useFlowEditor()
  const isEmpty = useFlow((state) => state.doc.nodes.size === 0)
  const chosen = useFlow((state) => (state.selection.size === 1 ? [...state.selection][0] : undefined))
  const isBusy = useView((view) => view.confirm !== null || view.quickAdd !== null || view.drawer === 'problems' || view.simulateOpen)
  const lacks = useStore(problems, (state) =>
    chosen === undefined ? false : state.byNode.get(chosen)?.some(({ severity }) => severity === 'error') === true,
  )
  if (isBusy) return null
  if (isEmpty) return 'empty'
  return lacks ? `problems ${chosen}` : null
}

function HintCard({ hint, onClose }: { readonly hint: Hint; readonly onClose: () => void }) {
  const t = useT()
  const card = useRef<HTMLElement>(null)
  const corner = useCorner(card)
  useEffect(() => announce(t(`hint.${hint}`)), [t, hint])
  const act = () => {
    onClose()
    if (hint === 'empty') go('/templates')
    else runCommand('canvas.problems')
  }
  return (
    <section ref={card} className={styles.card} data-corner={corner} aria-label={t('hint.title')} data-testid="hint" data-hint={hint}>
      <header className={styles.head}>
        <h3 className={styles.title}>
          <Lightbulb size={16} aria-hidden="true" />
          {t('hint.title')}
        </h3>
        <IconButton size="small" label={t('hint.close')} icon={<X size={14} aria-hidden="true" />} onPress={onClose} />
      </header>
      <p>{t(`hint.${hint}`)}</p>
      <div className={styles.acts}>
        <Button size="small" onPress={act}>
          {t(`hint.${hint}.act`)}
        </Button>
      </div>
    </section>
  )
}
