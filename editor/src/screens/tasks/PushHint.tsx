import { useQuery } from '@tanstack/react-query'
import { BellRing, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { isTold, pushObstacle, readPush } from '../../app/offline/push.ts'
import { Button, IconButton } from '../../ui/index.ts'
import styles from './TasksScreen.module.css'

const answerKey = 'sluice.push.hint'

/** Offers notices once, where somebody waits for tasks; whoever says no is not asked again in this browser. */
export function PushHint() {
  const t = useT()
  const { data } = useQuery({ queryKey: ['push'], queryFn: ({ signal }) => readPush(signal), retry: false })
  const [isAnswered, setAnswered] = useState(() => localStorage.getItem(answerKey) !== null)
  if (isAnswered || data?.on !== true || isTold(data) || pushObstacle() !== null) return null
  const answer = () => {
    localStorage.setItem(answerKey, 'asked')
    setAnswered(true)
  }
  return (
    <div className={styles.pushHint} data-testid="push-hint">
      <BellRing size={16} aria-hidden="true" />
      <span>{t('push.hint')}</span>
      <Button size="small" onPress={() => go('/settings/profile')}>
        {t('push.hint.do')}
      </Button>
      <IconButton size="small" label={t('app.close')} icon={<X size={14} aria-hidden="true" />} onPress={answer} />
    </div>
  )
}
