import { ChevronDown, PanelLeftClose, StickyNote } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useFirstIdle } from '../../app/when-idle.ts'
import { addNote, type StepType } from '../../doc/index.ts'
import { cx, IconButton, SearchBox } from '../../ui/index.ts'
import { useFlowEditor } from '../flow-editor.ts'
import faceStyles from '../nodes/StepCard.module.css'
import { StepIcon } from '../nodes/StepIcon.tsx'
import { addConnected } from './add-connected.ts'
import { beginPaletteDrag } from './palette-drag.ts'
import { readRecent, recentTypes } from './recent.ts'
import styles from './StepPalette.module.css'
import { categories, useStepSearch } from './use-step-search.ts'

const closedKey = 'sluice.palette.closed'

/** Every step there is: searched, dragged onto the canvas, or added behind the selected step by click and Enter. */
export const StepPalette = memo(function StepPalette() {
  const t = useT()
  const editor = useFlowEditor()
  // Half of all that stands on the screen of a flow: the first drawing of a visit is the flow's.
  const isFirst = !useFirstIdle()

  return (
    <section className={styles.panel} aria-label={t('canvas.palette')} data-testid="palette">
      <header className={styles.head}>
        <h2 className={styles.title}>{t('canvas.palette')}</h2>
        <IconButton
          size="small"
          label={t('canvas.palette.note')}
          icon={<StickyNote size={15} aria-hidden="true" />}
          onPress={() => addNote(editor.flow, editor.surface.current?.center() ?? { x: 0, y: 0 })}
        />
        <IconButton
          size="small"
          label={t('canvas.palette.close')}
          icon={<PanelLeftClose size={15} aria-hidden="true" />}
          keys="["
          onPress={() => editor.view.setState({ paletteOpen: false })}
        />
      </header>
      {isFirst ? <div className={styles.list} /> : <StepList />}
    </section>
  )
})

function StepList() {
  const t = useT()
  const editor = useFlowEditor()
  const [isTouched, touch] = useState(false)
  const find = useStepSearch(editor.catalogue, { isWanted: isTouched })
  const [query, setQuery] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(readClosed)
  // In the frame of its letter: finding and drawing take a third of one, and to put them off costs a whole one.
  const found = find(query)
  const searching = query.trim() !== ''
  const { types } = useStore(recentTypes)
  useEffect(readRecent, [])
  const recent = types.map((type) => editor.catalogue.find(type)).filter((step) => step !== undefined)
  const groups = searching
    ? [{ id: 'found' as const, steps: found }]
    : [
        { id: 'recent' as const, steps: recent },
        ...categories.map((id) => ({ id, steps: found.filter((step) => step.category === id) })),
      ].filter((group) => group.steps.length > 0)
  // What is in it stands below as well, so it is folded until somebody wants it.
  const isClosed = (id: string) => closed.has(id) !== (id === 'recent')

  function toggle(id: string): void {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
    try {
      localStorage.setItem(closedKey, JSON.stringify([...next]))
    } catch {
      // The choice then lasts for this page.
    }
  }

  return (
    <>
      <div className={styles.search}>
        <SearchBox
          label={t('canvas.palette.search')}
          value={query}
          onChange={setQuery}
          onFocus={() => touch(true)}
          onEnter={() => {
            const [first] = find(query)
            if (query.trim() !== '' && first !== undefined) addConnected(editor, first.type)
          }}
        />
      </div>
      <div className={styles.list} data-asked={query}>
        {found.length === 0 && <p className={styles.empty}>{t('canvas.palette.empty', { query })}</p>}
        {groups.map((group) => (
          <div key={group.id}>
            {group.id !== 'found' && (
              <button type="button" className={styles.group} aria-expanded={!isClosed(group.id)} onClick={() => toggle(group.id)}>
                <ChevronDown size={13} className={cx(styles.chevron, isClosed(group.id) && styles.isClosed)} aria-hidden="true" />
                {t(`canvas.category.${group.id}`)}
                <span className={styles.count}>{group.steps.length}</span>
              </button>
            )}
            {(group.id === 'found' || !isClosed(group.id)) && (
              <ul {...(group.id === 'recent' && { 'aria-label': t('canvas.category.recent') })}>
                {group.steps.map((step) => (
                  <PaletteItem key={step.type} step={step} showsSummary={searching} />
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </>
  )
}

/** What is still found after the next letter is not drawn anew. */
const PaletteItem = memo(function PaletteItem({ step, showsSummary }: { readonly step: StepType; readonly showsSummary: boolean }) {
  const say = useSay()
  const editor = useFlowEditor()
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-node-type={step.type}
        title={say(step.summary)}
        onPointerDown={(event) => event.button === 0 && beginPaletteDrag(editor, step.type, event)}
        onClick={(event) => {
          addConnected(editor, step.type)
          // By pointer the next key belongs to the new step; by keyboard one goes on choosing.
          if (event.detail > 0) editor.surface.current?.focus()
        }}
      >
        <span className={cx(faceStyles.tile, faceStyles[step.category], styles.tile)}>
          <StepIcon of={step} />
        </span>
        <span className={styles.words}>
          <span className={styles.name}>{say(step.label)}</span>
          {showsSummary && <span className={styles.summary}>{say(step.summary)}</span>}
        </span>
      </button>
    </li>
  )
})

function readClosed(): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(closedKey) ?? '[]')
    return new Set(Array.isArray(value) ? value.map(String) : [])
  } catch {
    return new Set()
  }
}
