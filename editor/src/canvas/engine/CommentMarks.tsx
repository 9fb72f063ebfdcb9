import { useQuery } from '@tanstack/react-query'
import { useStore as useEngine, ViewportPortal } from '@xyflow/react'
import { MessageSquare } from 'lucide-react'
import { useT } from '../../app/i18n/index.ts'
import { type Thread, threadsQuery } from '../../together/comments/api.ts'
import { markPlace } from '../../together/comments/where.ts'
import { useFlow, useFlowEditor } from '../flow-editor.ts'
import styles from './CommentMarks.module.css'

/** How many open threads stand where. Pointers press them; the list below the drawing has the same by keyboard. */
export function CommentMarks() {
  const t = useT()
  const { catalogue, view } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const zoom = useEngine((engine) => engine.transform[2])
  const { data = [] } = useQuery(threadsQuery(doc.head.key))
  const marks = new Map<string, { readonly x: number; readonly y: number; readonly threads: Thread[] }>()
  for (const thread of data) {
    const place = thread.state === 'open' ? markPlace(thread.anchor, doc, catalogue) : null
    if (place === null) continue
    const key = `${place.x} ${place.y}`
    const known = marks.get(key)
    if (known === undefined) marks.set(key, { ...place, threads: [thread] })
    else known.threads.push(thread)
  }
  if (marks.size === 0) return null
  const scale = Math.min(2.2, Math.max(0.6, 1 / zoom))
  return (
    <ViewportPortal>
      <div className={styles.layer}>
        {[...marks].map(([key, { x, y, threads }]) => {
          const [first] = threads
          const anchor = first?.anchor
          return (
            <button
              key={key}
              type="button"
              tabIndex={-1}
              className={`nodrag nopan ${styles.mark}`}
              style={{ transform: `translate(${x}px, ${y}px) scale(${scale}) translate(-50%, -50%)` }}
              data-comments={anchor !== undefined && 'id' in anchor ? anchor.id : 'point'}
              aria-label={t('together.comments.count', { count: threads.length })}
              title={first?.comments[0]?.text.slice(0, 200)}
              onClick={() => view.setState({ drawer: 'comments', talk: { thread: first?.id ?? '' } })}
            >
              <MessageSquare size={13} aria-hidden="true" />
              {threads.length}
            </button>
          )
        })}
      </div>
    </ViewportPortal>
  )
}
