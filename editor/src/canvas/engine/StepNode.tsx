import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Pin } from 'lucide-react'
import { memo, useRef } from 'react'
import { useStore } from 'zustand'
import { useLanguageStore, useSay, useT } from '../../app/i18n/index.ts'
import {
  bottomPorts,
  middleOf,
  nameOf,
  orphanPorts,
  outputOffset,
  portsOfStep,
  refusal,
  rename,
  type Step,
  sizeOf,
  wiringOf,
} from '../../doc/index.ts'
import { isKept, keptOutputs } from '../../inspect/data/kept-outputs.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { StateChip } from '../nodes/StateChip.tsx'
import { ProblemMark, RenameField, StepFace } from '../nodes/StepFace.tsx'
import { describeStep, faceOf, sentenceOf, titleOf } from '../step-facts.ts'
import type { SurfaceNode } from './adapt.ts'
import { pictureFrom } from './surface-acts.ts'
import styles from './surface-styles.ts'

const overStates: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

/** Half of a port's dot without its border: what its reach is counted from. */
const dotInside = 4

/** One step on the canvas: reads exactly what it shows, so that nothing else renders it. Where it stands is the engine's matter. */
export const StepNode = memo(StepNodeCard, (before, now) => before.id === now.id && before.data === now.data)

function StepNodeCard({ id }: NodeProps<SurfaceNode>) {
  const t = useT()
  const say = useSay()
  const { catalogue, flow, runs, problems, view, marks } = useFlowEditor()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const step = useStep(id)
  const isSelected = useFlow((state) => state.selection.has(id))
  const errorWired = useFlow((state) => wiringOf(state.doc.edges).wired.has(`${id}.error`))
  const undoWired = useFlow((state) => wiringOf(state.doc.edges).wired.has(`${id}.undo`))
  const isActive = useView((state) => state.active === id)
  const isLit = useView((state) => state.lit?.nodes.has(id) === true)
  const differs = useView((state) => state.lit?.code === 'differs')
  const isRenaming = useView((state) => state.renaming === id)
  // Of a large flow the picture takes their place, and they would be drawn once more only to go.
  const isFar = useView((state) => state.isFar && flow.getState().doc.nodes.size <= pictureFrom)
  const isFaded = useView((state) => state.wiring !== null && !canTake(state.wiring))
  // Ports a wire in hand may end at grow, so that they are easy to hit.
  const takes = useView(({ wiring }) =>
    wiring === null || wiring.end.node === id || !canTake(wiring) ? undefined : wiring.side === 'from' ? 'in' : 'out',
  )
  const isPause = useView((state) => state.pausePoints.has(id))
  const flowKey = useFlow((state) => state.doc.head.key)
  const isPinned = useStore(keptOutputs, (state) => isKept(state.byStep, flowKey, id))
  const overlay = useView((state) => state.overlay)
  const status = useStore(runs, (state) => (overlay === null ? state.picture?.steps.get(id) : undefined))
  const isRunShown = useStore(runs, (state) => overlay === null && state.picture !== null)
  const isOver = useStore(runs, ({ picture }) => overlay === null && picture !== null && overStates.has(picture.status))
  // In a replay the step of the moment is ringed; while editing the selection already says where one is.
  const isCurrent = useStore(runs, (state) => state.picture?.current === id)
  const isSimulated = useStore(runs, (state) => state.simulated)
  const found = useStore(problems, (state) => state.byNode.get(id))
  const canEdit = useView((state) => state.canEdit)

  function canTake(wiring: NonNullable<ReturnType<typeof view.getState>['wiring']>): boolean {
    const { doc } = flow.getState()
    const here = doc.nodes.get(id)
    if (here === undefined || wiring.end.node === id) return true
    const ports = portsOfStep(here, catalogue)
    if (wiring.side === 'from') {
      const input = ports.inputs[0]
      return refusal(doc, catalogue, wiring.end, { node: id, port: input?.name ?? 'in' }) === null
    }
    return ports.outputs.some((port) => refusal(doc, catalogue, { node: id, port: port.name }, wiring.end) === null)
  }

  if (step === undefined) return null
  const node = catalogue.find(step.type)
  const { doc } = flow.getState()
  const size = sizeOf(step, catalogue)
  const ports = portsOfStep(step, catalogue)
  const outputs = [...ports.outputs, ...orphanPorts(doc, step, catalogue)]
  const apart = outputs.length > 1 ? { '--apart': `${size.height / (outputs.length + 1) / 2 - dotInside}px` } : {}
  const title = titleOf(step, catalogue, say)
  const sentence = node === undefined ? t('canvas.step.unknown', { type: step.type }) : sentenceOf(step, catalogue, language)
  const errors = found?.filter((problem) => problem.severity === 'error').length ?? 0
  const warnings = found?.filter((problem) => problem.severity === 'warning').length ?? 0
  const description = describeStep({
    position: positionOf(doc.nodes, id),
    total: doc.nodes.size,
    title,
    sentence,
    state: status?.state ?? null,
    outputs: outputs.length,
    problems: errors + warnings,
    t,
  })
  const mark = marks?.get(id)
  const still = step.disabled === true ? 'disabled' : isOver && status === undefined ? 'skipped' : null
  const more = [
    still === null ? '' : t(`canvas.state.${still}`),
    isPause ? t('canvas.step.pause') : '',
    isPinned ? t('canvas.step.pin') : '',
  ].filter((each) => each !== '')
  const spoken = [description, ...more].join(t('canvas.step.separator'))
  const faded = isFaded ? { isFaded } : {}
  return (
    // biome-ignore lint/a11y/useSemanticElements: a step is one item of the canvas's active descendants, not a form group.
    <div
      id={`step-${id}`}
      role="group"
      className={cx(
        styles.step,
        errorWired && styles.errorWired,
        undoWired && styles.undoWired,
        isLit && styles.stepLit,
        isLit && differs && styles.stepDiffers,
      )}
      data-step-id={id}
      data-node-type={step.type}
      data-state={status?.state ?? 'idle'}
      data-selected={isSelected}
      data-lit={isLit}
      data-mark={mark}
      data-takes={takes}
      data-pause={isPause}
      data-pinned={isPinned}
      {...(overlay !== null && { 'aria-describedby': `live-${id}` })}
      aria-label={mark === undefined ? spoken : t('canvas.pair', { name: t(`canvas.diff.${mark}`), what: spoken })}
    >
      <StepFace
        silhouette={node?.silhouette ?? 'action'}
        category={node?.category ?? 'flow'}
        type={node}
        width={size.width}
        height={size.height}
        title={
          isRenaming ? (
            <RenameField
              value={step.name === undefined ? '' : say(nameOf(step, catalogue))}
              usual={title}
              label={t('canvas.rename.label')}
              giveUp={() => rename(flow, id, step.name)}
              onChange={(name) => rename(flow, id, withLanguage(step.name, name, language))}
              onDone={() => finishRename(view, flow)}
            />
          ) : (
            title
          )
        }
        sentence={sentence}
        state={status === undefined ? undefined : faceOf[status.state]}
        isSelected={isSelected}
        isActive={isActive}
        isDisabled={step.disabled === true}
        isUntouched={isRunShown && status === undefined}
        isFar={isFar}
        isCurrent={isCurrent && (!canEdit || isSimulated)}
        {...faded}
        {...(status !== undefined && { foot: <StateChip state={status.state} dueAt={status.dueAt} count={status.passed} /> })}
        {...(status === undefined && still !== null && { foot: <StateChip state={still} /> })}
      >
        {isPause && <span className={styles.pause} title={t('canvas.step.pause')} aria-hidden="true" />}
        {isPinned && (
          <span className={styles.pin} title={t('canvas.step.pin')} aria-hidden="true">
            <Pin size={11} />
          </span>
        )}
        {errors + warnings > 0 && (
          <ProblemMark count={errors + warnings} isWarning={errors === 0} label={t('canvas.step.problems', { count: errors + warnings })} />
        )}
      </StepFace>
      {overlay !== null && <overlay.Layer id={id} isFar={isFar} />}
      {ports.inputs.map((port) => (
        <Handle
          key={port.name}
          id={port.name}
          type="target"
          position={Position.Left}
          className={cx(styles.port)}
          style={{ top: middleOf(size.height) }}
          isConnectable={canEdit}
          data-port={port.name}
          data-port-side="in"
          data-port-step={id}
        />
      ))}
      {outputs.map((port, index) => {
        const top = outputOffset(outputs, index, size.height)
        return (
          <span key={port.name}>
            <Handle
              id={port.name}
              type="source"
              position={Position.Right}
              className={styles.port ?? ''}
              style={{ top, ...apart }}
              isConnectable={canEdit}
              data-port={port.name}
              data-port-side="out"
              data-port-step={id}
              title={say(port.label)}
            />
            {outputs.length > 1 && !isFar && (
              <span className={styles.portLabel} style={{ top }}>
                {say(port.label)}
              </span>
            )}
          </span>
        )
      })}
      {ports.canFail && (
        <>
          <Handle
            id="error"
            type="source"
            position={Position.Bottom}
            className={cx(styles.port, styles.errorPort)}
            style={{ left: bottomPorts.error }}
            isConnectable={canEdit}
            data-port="error"
            data-port-side="out"
            data-port-step={id}
            title={t('canvas.port.error')}
          />
          <span className={styles.errorLabel}>{t('canvas.port.error')}</span>
        </>
      )}
      {ports.canUndo && (
        <>
          <Handle
            id="undo"
            type="source"
            position={Position.Bottom}
            className={cx(styles.port, styles.undoPort)}
            style={{ left: bottomPorts.undo }}
            isConnectable={canEdit}
            data-port="undo"
            data-port-side="out"
            data-port-step={id}
            title={t('canvas.port.undo')}
          />
          <span className={styles.undoLabel} style={{ left: bottomPorts.undo + 12 }}>
            {t('canvas.port.undo')}
          </span>
        </>
      )}
    </div>
  )
}

/** The step without its place: a card that only moves is not drawn anew. */
function useStep(id: string): Step | undefined {
  const last = useRef<Step | undefined>(undefined)
  return useFlow((state) => {
    const step = state.doc.nodes.get(id)
    if (last.current === undefined || step === undefined || !differsInPlaceOnly(last.current, step)) last.current = step
    return last.current
  })
}

function differsInPlaceOnly(a: Step, b: Step): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Step)[])
  return [...names].every((name) => name === 'at' || a[name] === b[name])
}

const positions = new WeakMap<ReadonlyMap<string, unknown>, ReadonlyMap<string, number>>()

/** Place of a step in the flow, counted once for all steps: each card asks. */
function positionOf(nodes: ReadonlyMap<string, unknown>, id: string): number {
  let known = positions.get(nodes)
  if (known === undefined) {
    known = new Map([...nodes.keys()].map((each, index) => [each, index + 1]))
    positions.set(nodes, known)
  }
  return known.get(id) ?? 0
}

/** A name that carries both languages keeps the other one while this one is typed. */
function withLanguage(before: unknown, text: string, language: 'en' | 'zh-CN') {
  if (typeof before === 'object' && before !== null && text.trim() !== '') return { en: '', 'zh-CN': '', ...before, [language]: text }
  return text
}

function finishRename(view: ReturnType<typeof useFlowEditor>['view'], flow: ReturnType<typeof useFlowEditor>['flow']): void {
  flow.seal()
  view.setState({ renaming: null })
  document.querySelector<HTMLElement>('[data-key-scope="canvas"]')?.focus({ preventScroll: true })
}
