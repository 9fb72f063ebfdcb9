import { queryOptions } from '@tanstack/react-query'
import { WandSparkles } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, type Page, queryClient } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { announce } from '../../app/shell/announce.ts'
import { addStep, bestOutput, type End, isTrigger, refuseType, type StepType } from '../../doc/index.ts'
import { Button, cx } from '../../ui/index.ts'
import { refusalText } from '../explain.ts'
import { type FlowEditor, useFlowEditor, useView } from '../flow-editor.ts'
import faceStyles from '../nodes/StepCard.module.css'
import { StepIcon } from '../nodes/StepIcon.tsx'
import { addDescribed, wordedStep } from '../palette/add-described.ts'
import { describedSteps } from '../palette/describe.ts'
import { noteRecent } from '../palette/recent.ts'
import { useStepSearch } from '../palette/use-step-search.ts'
import { inspecting, type QuickAdd as Wish } from '../view-store.ts'
import styles from './Floating.module.css'
import { PickList } from './PickList.tsx'
import own from './QuickAdd.module.css'

/** What the live flows are built of, the most used first. */
const teamTypesQuery = queryOptions({
  queryKey: ['node-types', 'used'],
  queryFn: async ({ signal }) =>
    (await api.get<Page<{ readonly type: string }>>('/node-types/used', undefined, signal)).items.map(({ type }) => type),
  staleTime: 600_000,
})

/** What is picked when the words are taken as the wish for several steps. */
const describe = 'describe'
const boxWidth = 320
const boxHeight = 440

/** One search box at the pointer: whatever is chosen is added there, already wired (EDITOR.md §5.4). */
export function QuickAdd() {
  const wish = useView((view) => view.quickAdd)
  return wish === null ? null : <QuickAddBox key={`${wish.x} ${wish.y}`} wish={wish} />
}

function QuickAddBox({ wish }: { readonly wish: Wish }) {
  const t = useT()
  const say = useSay()
  const editor = useFlowEditor()
  const [used] = useState(() => usedIn(editor))
  // As it is known when the box opens: what is about to be chosen must not move.
  const [team] = useState(() => queryClient.getQueryData(teamTypesQuery.queryKey))
  useEffect(() => void queryClient.prefetchQuery(teamTypesQuery), [])
  const find = useStepSearch(editor.catalogue, { used, team })
  const [query, setQuery] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const close = () => {
    editor.view.setState({ quickAdd: null })
    editor.surface.current?.focus()
  }
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (box.current?.contains(event.target as Element) !== true) editor.view.setState({ quickAdd: null })
    }
    window.addEventListener('pointerdown', outside, true)
    return () => window.removeEventListener('pointerdown', outside, true)
  }, [editor])

  const [drawn, setDrawn] = useState<{ readonly names: string; readonly takeBack: () => void } | null>(null)
  const worded = useMemo(() => editor.catalogue.all.map(wordedStep), [editor])
  const described = describedSteps(worded, query)
  const names = described.map((step) => say(step.label)).join(' → ')
  const draw = () => {
    const { x: _x, y: _y, ...rest } = wish
    const takeBack = addDescribed(
      editor,
      described.map(({ type }) => type),
      rest,
    )
    setDrawn({ names, takeBack })
    // All of it where there is room, else where it begins.
    for (const ref of [...editor.flow.getState().selection].reverse()) editor.surface.current?.reveal(ref)
    announce(t('canvas.describe.drawn'))
  }
  if (drawn !== null)
    return (
      <div
        ref={box}
        role="dialog"
        aria-label={t('canvas.describe')}
        className={cx(styles.floating, own.drawn)}
        data-testid="described"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          drawn.takeBack()
          close()
        }}
      >
        <p>
          <strong>{t('canvas.describe.drawn')}</strong>
          <span>{drawn.names}</span>
        </p>
        <Button
          size="small"
          tone="quiet"
          onPress={() => {
            drawn.takeBack()
            close()
          }}
        >
          {t('canvas.describe.discard')}
        </Button>
        <Button size="small" tone="primary" autoFocus onPress={close}>
          {t('canvas.describe.keep')}
        </Button>
      </div>
    )

  // In the frame of its letter, as in the palette: Enter right behind it takes what is found by all of them.
  const ranked = rank(editor, wish, find(query))
  return (
    <div
      ref={box}
      className={styles.floating}
      style={{ left: clamp(wish.x, window.innerWidth - boxWidth - 12), top: clamp(wish.y, window.innerHeight - boxHeight - 12) }}
      data-testid="quick-add"
    >
      <PickList
        label={t('canvas.quick-add')}
        placeholder={t('canvas.palette.search')}
        query={query}
        onQuery={setQuery}
        onClose={close}
        onPick={(type) => {
          if (type === describe) {
            draw()
            return
          }
          const { x: _x, y: _y, ...rest } = wish
          const id = addStep(editor.flow, editor.catalogue, { type, ...rest })
          noteRecent(type)
          editor.view.setState({ quickAdd: null, active: id, ...inspecting })
          editor.surface.current?.focus()
          editor.surface.current?.reveal(id)
        }}
        items={[
          ...ranked.map(({ step, reason }) => {
            return {
              id: step.type,
              title: say(step.label),
              detail: say(step.summary),
              reason,
              attributes: { 'data-node-type': step.type },
              icon: (
                <span className={cx(faceStyles.tile, faceStyles[step.category], styles.tile)}>
                  <StepIcon of={step} />
                </span>
              ),
            }
          }),
          ...(described.length < 2
            ? []
            : [
                {
                  id: describe,
                  title: t('canvas.describe'),
                  detail: names,
                  icon: <WandSparkles size={18} className={styles.tile} aria-hidden="true" />,
                },
              ]),
        ]}
      />
      {query === '' && <p className={own.hint}>{t('canvas.describe.hint')}</p>}
    </div>
  )
}

/** A flow rarely begins in the same way twice. */
function usedIn({ flow, catalogue }: FlowEditor): ReadonlySet<string> {
  const types = [...flow.getState().doc.nodes.values()].map(({ type }) => catalogue.find(type))
  return new Set(types.flatMap((type) => (type === undefined || isTrigger(type) ? [] : [type.type])))
}

/** What fits the wire in hand first; what does not fit last and with its reason. */
function rank(
  editor: FlowEditor,
  wish: Wish,
  found: readonly StepType[],
): readonly { readonly step: StepType; readonly reason: string | undefined }[] {
  const judged = found.map((step) => ({ step, reason: reasonOf(editor, wish, step) }))
  return [...judged.filter((each) => each.reason === undefined), ...judged.filter((each) => each.reason !== undefined)]
}

function reasonOf(editor: FlowEditor, wish: Wish, step: StepType): string | undefined {
  const { doc } = editor.flow.getState()
  const from: End | undefined = wish.from ?? (wish.into === undefined ? undefined : doc.edges.get(wish.into)?.from)
  const source = from === undefined ? undefined : doc.nodes.get(from.node)
  if (from !== undefined && source !== undefined) {
    const no = refuseType(source, from.port, step.type, editor.catalogue)
    if (no !== null) return refusalText(no)
  }
  if (wish.to !== undefined && bestOutput(doc, { id: 'new', type: step.type }, editor.catalogue) === null)
    return refusalText({ id: 'canvas.refuse.port', values: { name: step.label } })
  if (wish.to === undefined && from !== undefined && isTrigger(step))
    return refusalText({ id: 'canvas.refuse.trigger', values: { name: step.label } })
  return undefined
}

function clamp(value: number, max: number): number {
  return Math.max(12, Math.min(value, max))
}
