import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Task } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import { WordsDialog } from './WordsDialog.tsx'

/** For who sent it in. */
export function TakeBack({ task }: { readonly task: Task }) {
  const t = useT()
  const [isOpen, open] = useState(false)
  if (task.mayWithdraw !== true) return null
  return (
    <>
      <Button icon={<Undo2 size={15} aria-hidden="true" />} onPress={() => open(true)}>
        {t('tasks.withdraw')}
      </Button>
      {isOpen && <WordsDialog act="withdraw" task={task} onClose={() => open(false)} />}
    </>
  )
}
