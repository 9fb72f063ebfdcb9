import { useMemo, useState } from 'react'
import { useLanguageStore, useSay, useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import faceStyles from '../nodes/StepCard.module.css'
import { StepIcon } from '../nodes/StepIcon.tsx'
import { buildIndex, search } from '../palette/search.ts'
import { sentenceOf, titleOf } from '../step-facts.ts'
import floating from './Floating.module.css'
import { PickList } from './PickList.tsx'

/** Finds a step of this flow by name, text or id, selects it and brings it into view. */
export function FindStep() {
  const isOpen = useView((view) => view.confirm === 'find')
  return isOpen ? <FindBox /> : null
}

function FindBox() {
  const t = useT()
  const say = useSay()
  const { flow, catalogue, view, surface } = useFlowEditor()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const nodes = useFlow((state) => state.doc.nodes)
  const [query, setQuery] = useState('')
  const index = useMemo(
    () =>
      buildIndex(
        [...nodes.values()].map((step) => ({
          item: step,
          names: [titleOf(step, catalogue, say)],
          keywords: [step.id, step.type],
          text: `${sentenceOf(step, catalogue, language)} ${JSON.stringify(step.config ?? {})}`,
        })),
        null,
      ),
    [nodes, catalogue, say, language],
  )
  const close = () => {
    view.setState({ confirm: null })
    surface.current?.focus()
  }
  return (
    <div className={floating.top} data-testid="find-step">
      <PickList
        label={t('canvas.command.find')}
        placeholder={t('canvas.find.placeholder')}
        query={query}
        onQuery={setQuery}
        onClose={close}
        onPick={(id) => {
          flow.select([id])
          view.setState({ active: id })
          close()
          surface.current?.reveal(id)
        }}
        items={search(index, query)
          .slice(0, 100)
          .map((step) => {
            const node = catalogue.find(step.type)
            return {
              id: step.id,
              title: titleOf(step, catalogue, say),
              detail: sentenceOf(step, catalogue, language),
              icon: (
                <span className={cx(faceStyles.tile, faceStyles[node?.category ?? 'flow'], floating.tile)}>
                  <StepIcon of={node} />
                </span>
              ),
            }
          })}
      />
    </div>
  )
}
