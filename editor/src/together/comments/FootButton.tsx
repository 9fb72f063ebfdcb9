import { useQuery } from '@tanstack/react-query'
import { MessageSquare } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { runCommand } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useFlow, useView } from '../../canvas/flow-editor.ts'
import { IconButton } from '../../ui/index.ts'
import { threadsQuery } from './api.ts'
import styles from './Comments.module.css'

/** Stands in the bar at the foot of the drawing, with the number of open threads. */
export function FootButton() {
  const t = useT()
  const key = useFlow((state) => state.doc.head.key)
  const isOpen = useView((view) => view.drawer === 'comments')
  const { data = [] } = useQuery(threadsQuery(key))
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  useEffect(() => setSlot(document.getElementById('canvas-foot')), [])
  const count = data.filter(({ state }) => state === 'open').length
  if (slot === null) return null
  return createPortal(
    <IconButton
      size="small"
      tooltipPlacement="top"
      label={t('together.comments.bar', { count })}
      keys="Shift+C"
      isChosen={isOpen}
      icon={
        <span className={styles.foot}>
          <MessageSquare size={15} aria-hidden="true" />
          {count > 0 && <span aria-hidden="true">{count}</span>}
        </span>
      }
      onPress={() => runCommand('canvas.comments', 'toolbar')}
    />,
    slot,
  )
}
