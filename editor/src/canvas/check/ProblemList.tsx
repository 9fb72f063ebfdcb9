import type { Problem } from '@sluice/flows'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { needTexts, useSay, useT } from '../../app/i18n/index.ts'
import { Button, cx, onDemand } from '../../ui/index.ts'
import { type FlowEditor, useFlowEditor, useView } from '../flow-editor.ts'
import { titleOf } from '../step-facts.ts'
import { applyFix, levelTitle, showProblem } from './fixes.ts'
import styles from './ProblemList.module.css'

const Why = onDemand(async () => (await Promise.all([import('./Why.tsx'), needTexts('reasons')]))[0].Why)

const icons = { error: CircleAlert, warning: TriangleAlert, hint: Info }
const order = { error: 0, warning: 1, hint: 2 }

/** One list, one voice: what is wrong, where, why it matters, and the button that mends it (EDITOR.md §9). */
export function ProblemList() {
  const { problems } = useFlowEditor()
  return <Problems problems={useStore(problems, (state) => state.problems)} />
}

export function Problems({ problems, onGo }: { readonly problems: readonly Problem[]; readonly onGo?: () => void }) {
  const t = useT()
  const say = useSay()
  const editor = useFlowEditor()
  const canEdit = useView((view) => view.canEdit)
  const place = useRef<HTMLElement>(null)
  const mended = useFocusKept(place, problems)
  if (problems.length === 0) {
    return (
      <p ref={place as RefObject<HTMLParagraphElement>} tabIndex={-1} className={styles.none}>
        <CircleCheck size={16} aria-hidden="true" />
        {t('problems.none')}
      </p>
    )
  }
  const sorted = [...problems].sort((a, b) => order[a.severity] - order[b.severity])
  return (
    <ul ref={place as RefObject<HTMLUListElement>} className={styles.list} data-testid="problems">
      {sorted.map((problem, index) => {
        const Icon = icons[problem.severity]
        const offered = [...(problem.fix === undefined ? [] : [problem.fix]), ...(problem.fixes ?? [])]
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may stand twice; the list is replaced as a whole.
            key={`${problem.code} ${problem.node ?? ''} ${problem.path ?? ''} ${index}`}
            className={cx(styles.row, styles[problem.severity])}
            data-problem={problem.code}
          >
            <Icon size={16} className={styles.icon} aria-label={levelTitle(problem.severity)} />
            <button
              type="button"
              className={styles.words}
              onClick={() => {
                onGo?.()
                showProblem(editor, problem)
              }}
            >
              <span className={styles.message}>{say(problem.message)}</span>
              <span className={styles.where}>
                {placeOf(editor, problem, say, t('problems.whole'))}
                <Why problem={problem} />
              </span>
            </button>
            {canEdit &&
              offered.map((fix) => (
                <Button
                  key={fix.action ?? ''}
                  size="small"
                  data-fix={fix.action}
                  onPress={() => {
                    onGo?.()
                    mended.current = index
                    applyFix(editor, problem, fix)
                  }}
                >
                  {say(fix.says)}
                </Button>
              ))}
          </li>
        )
      })}
    </ul>
  )
}

/** The button that mended a problem goes with it: the focus passes to what stands in its place then. */
function useFocusKept(place: RefObject<HTMLElement | null>, problems: readonly Problem[]): RefObject<number | null> {
  const mended = useRef<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the list is another.
  useEffect(() => {
    const index = mended.current
    mended.current = null
    if (index === null || document.activeElement !== document.body) return
    const rows = place.current?.querySelectorAll<HTMLElement>('li > button:first-of-type') ?? []
    const next = rows[Math.min(index, rows.length - 1)] ?? place.current
    next?.focus()
  }, [problems])
  return mended
}

function placeOf({ flow, catalogue }: FlowEditor, problem: Problem, say: ReturnType<typeof useSay>, whole: string): string {
  const { doc } = flow.getState()
  const title = (id: string) => {
    const step = doc.nodes.get(id)
    return step === undefined ? id : titleOf(step, catalogue, say)
  }
  if (problem.node !== undefined) return title(problem.node)
  const wire = problem.edge === undefined ? undefined : [...doc.edges.values()][problem.edge]
  return wire === undefined ? whole : `${title(wire.from.node)} → ${title(wire.to.node)}`
}
