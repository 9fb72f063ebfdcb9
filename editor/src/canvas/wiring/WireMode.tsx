import { useEffect, useMemo, useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { announce } from '../../app/shell/announce.ts'
import { connect, portsOfStep, refusal } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { explainRefusal, refusalText } from '../explain.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import floating from '../menu/Floating.module.css'
import { PickList } from '../menu/PickList.tsx'
import faceStyles from '../nodes/StepCard.module.css'
import { StepIcon } from '../nodes/StepIcon.tsx'
import { buildIndex, search } from '../palette/search.ts'
import { titleOf } from '../step-facts.ts'
import type { WireMode as Mode } from '../view-store.ts'

/** Wiring without a pointer: choose the way out, then where it leads. Every stage is said aloud (EDITOR.md §5.3). */
export function WireMode() {
  const mode = useView((view) => view.wireMode)
  return mode === null ? null : <WireStage key={mode.port ?? 'outputs'} mode={mode} />
}

function WireStage({ mode }: { readonly mode: Mode }) {
  const t = useT()
  const say = useSay()
  const { flow, catalogue, view, surface } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const [query, setQuery] = useState('')
  const step = doc.nodes.get(mode.step)
  const title = step === undefined ? '' : titleOf(step, catalogue, say)
  // By its word, as it stands on the drawing; its name is for files.
  const chosen = step === undefined ? undefined : portsOfStep(step, catalogue).outputs.find(({ name }) => name === mode.port)
  const own = mode.port === 'error' || mode.port === 'undo' ? t(`canvas.port.${mode.port}`) : mode.port
  const port = chosen === undefined ? own : say(chosen.label)
  const stage = port === null ? t('canvas.wire.choose-port', { name: title }) : t('canvas.wire.choose-target', { name: title, port })
  useEffect(() => announce(stage), [stage])

  const targets = useMemo(
    () =>
      buildIndex(
        [...doc.nodes.values()]
          .filter((other) => other.id !== mode.step)
          .map((other) => ({ item: other, names: [titleOf(other, catalogue, say)], keywords: [other.id], text: '' })),
        null,
      ),
    [doc, catalogue, say, mode.step],
  )
  if (step === undefined) return null

  const leave = (message: string) => {
    view.setState({ wireMode: null })
    announce(message)
    surface.current?.focus()
  }
  const ports = [
    ...portsOfStep(step, catalogue).outputs,
    ...(portsOfStep(step, catalogue).canFail ? [{ name: 'error', label: t('canvas.port.error') }] : []),
    ...(portsOfStep(step, catalogue).canUndo ? [{ name: 'undo', label: t('canvas.port.undo') }] : []),
  ]
  const items =
    mode.port === null
      ? ports.map((port) => ({ id: port.name, title: say(port.label), detail: port.name }))
      : search(targets, query)
          .map((other) => {
            const no = refusal(doc, catalogue, { node: mode.step, port: mode.port ?? 'out' }, { node: other.id, port: 'in' })
            const node = catalogue.find(other.type)
            return {
              id: other.id,
              title: titleOf(other, catalogue, say),
              detail: say(node?.label ?? other.type),
              reason: no === null ? undefined : refusalText(no),
              icon: (
                <span className={cx(faceStyles.tile, faceStyles[node?.category ?? 'flow'], floating.tile)}>
                  <StepIcon of={node} />
                </span>
              ),
            }
          })
          .sort((a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined))

  function pick(id: string): void {
    if (mode.port === null) {
      view.setState({ wireMode: { step: mode.step, port: id } })
      return
    }
    const no = connect(flow, catalogue, { node: mode.step, port: mode.port }, { node: id, port: 'in' })
    explainRefusal(no)
    const target = doc.nodes.get(id)
    if (no === null) leave(t('canvas.wire.done', { from: title, to: target === undefined ? id : titleOf(target, catalogue, say) }))
  }

  return (
    <div className={floating.top} data-testid="wire-mode">
      <div className={floating.stage} aria-live="polite">
        {stage}
      </div>
      <PickList
        label={stage}
        placeholder={mode.port === null ? t('canvas.wire.port') : t('canvas.wire.target')}
        items={items}
        query={query}
        onQuery={setQuery}
        onPick={pick}
        onClose={() => leave(t('canvas.wire.left'))}
      />
    </div>
  )
}
