import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useRef, useState } from 'react'
import { IconButton, onDemand } from '../../ui/index.ts'
import { noticesQuery } from '../api/index.ts'
import { useFormat, useT } from '../i18n/index.ts'
import styles from './NoticesBell.module.css'

const Panel = onDemand(async () => (await import('./NoticesPanel.tsx')).NoticesPanel)
const countMax = 99

/** What other people want one to see. The number is what is unread. */
export function NoticesBell() {
  const t = useT()
  const format = useFormat()
  const bell = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(noticesQuery)
  const unread = data?.unread ?? 0
  const shown = unread > countMax ? `${countMax}+` : format.number(unread)
  return (
    <span className={styles.bell} data-unread={unread > 0 ? shown : undefined}>
      <IconButton
        label={t('notices.open', { count: unread })}
        icon={<Bell size={16} aria-hidden="true" />}
        buttonRef={bell}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
        data-testid="notices-bell"
      />
      {isOpen && <Panel bell={bell} onClose={() => setOpen(false)} />}
    </span>
  )
}
