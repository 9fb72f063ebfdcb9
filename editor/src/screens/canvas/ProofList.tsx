import { Check, X } from 'lucide-react'
import { type MessageId, useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { Button } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import type { Proof } from './flow-api.ts'

const rules: Readonly<Record<string, MessageId>> = {
  sound: 'publish.proof.sound',
  veto: 'publish.proof.veto',
  consent: 'publish.proof.consent',
  injection: 'publish.proof.injection',
  withdrawal: 'publish.proof.withdrawal',
  types: 'publish.proof.types',
}

/** Each rule with what was proven; a counter-example leads to its steps. */
export function ProofList({ proofs, onGo }: { readonly proofs: readonly Proof[]; readonly onGo: () => void }) {
  const t = useT()
  const say = useSay()
  const { flow, surface } = useFlowEditor()
  const nodes = useFlow((state) => state.doc.nodes)
  const nameOf = (id: string) => {
    const step = nodes.get(id)
    return step === undefined ? id : titleOf(step, catalogue, say)
  }
  const show = (path: readonly string[]) => {
    const steps = path.filter((id) => nodes.has(id))
    flow.select(steps)
    surface.current?.fit(steps)
    onGo()
  }
  return (
    <ul className={styles.proofs} data-testid="proofs">
      {proofs.map(({ rule, holds, path = [], open = [] }) => {
        const words = rules[rule]
        return (
          <li key={rule} data-proof={rule} data-holds={holds} className={holds ? styles.good : styles.bad}>
            {holds ? <Check size={16} aria-hidden="true" /> : <X size={16} aria-hidden="true" />}
            <span>
              <span className={styles.rule}>{words === undefined ? rule : t(words)}</span>
              <span className="visually-hidden">{t(holds ? 'publish.proof.holds' : 'publish.proof.fails')}</span>
              {holds && open.length > 0 && <span className={styles.small}>{t('publish.proof.open', { count: open.length })}</span>}
              {!holds && path.length > 0 && (
                <Button size="small" tone="quiet" onPress={() => show(path)}>
                  {t('publish.proof.path', { steps: path.map(nameOf).join(' → ') })}
                </Button>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
