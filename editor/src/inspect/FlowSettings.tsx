import { say as pick, type Text } from '@sluice/flows'
import { ChevronRight } from 'lucide-react'
import { needTexts, useLanguageStore, useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { setDescription, setFlowName } from '../doc/index.ts'
import { Button, cx, onDemand, PlainField } from '../ui/index.ts'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'

/** Forms of the kit: they load when somebody unfolds them. */
export const FlowRules = onDemand(async () => (await Promise.all([import('./FlowRules.tsx'), needTexts('forms')]))[0].FlowRules)

function inBoth(text: Text | undefined, language: 'en' | 'zh-CN'): string {
  return text === undefined ? '' : pick(text, language)
}

/** What holds for the whole flow. Shown while nothing is selected, so also on a first visit: what it is called is light, its rules unfold. */
export function FlowSettings() {
  const t = useT()
  const editor = useFlowEditor()
  const { flow, view } = editor
  const head = useFlow((state) => state.doc.head)
  const steps = useFlow((state) => state.doc.nodes.size)
  const wires = useFlow((state) => state.doc.edges.size)
  const isDisabled = !useView((state) => state.canEdit)
  const isOpen = useView((state) => state.rulesOpen)
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  // The name one reads here stands first.
  const inOrder = [
    ['zh-CN', 'canvas.settings.name.zh'],
    ['en', 'canvas.settings.name.en'],
  ] as const
  const names = language === 'zh-CN' ? inOrder : inOrder.toReversed()
  const rename = (language: 'en' | 'zh-CN', text: string) =>
    setFlowName(flow, { en: inBoth(head.name, 'en'), 'zh-CN': inBoth(head.name, 'zh-CN'), [language]: text })
  return (
    <>
      <InspectorHead help={t('canvas.settings.facts', { steps, wires })}>
        <h3 className={styles.title}>{t('canvas.settings.title')}</h3>
      </InspectorHead>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo entry. */}
      <div className={styles.body} onBlur={() => flow.seal()}>
        <div className={styles.options}>
          {names.map(([of, label]) => (
            <PlainField
              key={of}
              label={t(label)}
              value={inBoth(head.name, of)}
              onChange={(text) => rename(of, text)}
              isDisabled={isDisabled}
              lengthMax={200}
            />
          ))}
          <PlainField
            label={t('canvas.settings.description')}
            value={inBoth(head.description, language)}
            onChange={(text) => setDescription(flow, text === '' ? undefined : describe(head.description, text, language))}
            isDisabled={isDisabled}
            rows={2}
            lengthMax={200}
          />
          <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => view.setState({ rulesOpen: !isOpen })}>
            <ChevronRight size={13} className={cx(isOpen && styles.unfolded)} aria-hidden="true" />
            {t('canvas.settings.rules')}
          </button>
          {isOpen && <FlowRules />}
          <dl className={styles.facts}>
            <dt>{t('canvas.settings.key')}</dt>
            <dd>
              <code>{head.key}</code>
            </dd>
          </dl>
          <Button size="small" onPress={() => void import('../canvas/download-flow.ts').then(({ downloadDraft }) => downloadDraft(editor))}>
            {t('canvas.settings.export')}
          </Button>
        </div>
      </div>
    </>
  )
}

/** A description that carries both languages keeps the one that is not on screen. */
function describe(before: Text | undefined, text: string, language: 'en' | 'zh-CN'): Text {
  if (typeof before !== 'object') return text
  return { en: before.en, 'zh-CN': before['zh-CN'], [language]: text }
}
