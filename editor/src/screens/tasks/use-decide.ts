import { useRef, useState } from 'react'
import { answerTask, isProblem, newKey, type ProblemError, type Task, type TaskAnswer } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { mayWait, queueDecision } from '../../app/offline/decision-queue.ts'
import { announce } from '../../app/shell/announce.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { toast } from '../../ui/index.ts'
import { useActionName } from './action-names.ts'

/**
 * Sends a decision once. A second click before the answer is here does nothing, also within the same frame; without a network it
 * waits in this browser, except about money.
 */
export function useDecide(task: Task, onFlaws: (flaws: ReadonlyMap<string, string>) => void) {
  const t = useT()
  const actionName = useActionName()
  const [conflict, setConflict] = useState<ProblemError | null>(null)
  const isSent = useRef(false)
  const key = useRef(newKey())
  const act = useAct((answer: TaskAnswer) => answerTask(answer, key.current), {
    refresh: [['tasks'], ['runs']],
    onDone: (_, sent) => announce(t('tasks.answered', { action: actionName(sent.action) })),
    done: (_, sent) => t('tasks.answered', { action: actionName(sent.action) }),
    onProblem: (error, sent) => {
      if (isProblem(error, 0) && mayWait(task)) {
        queueDecision(task, sent, key.current)
        announce(t('tasks.queue.waits', { action: actionName(sent.action) }))
        return true
      }
      isSent.current = false
      key.current = newKey()
      if (isProblem(error, 0) && task.kind === 'veto') {
        toast({ tone: 'error', title: t('tasks.queue.money'), detail: t('tasks.queue.money.text') })
        return true
      }
      if (isProblem(error, 409)) {
        setConflict(error)
        return true
      }
      if (!isProblem(error, 422) || error.errors.length === 0) return false
      onFlaws(new Map(error.errors.map((each) => [each.path.replace(/^\/data/, ''), each.message])))
      return true
    },
  })
  const decide = (action: string, data: unknown) => {
    if (isSent.current || conflict !== null) return
    isSent.current = true
    act.mutate({ id: task.id, action, data, shownHash: task.shownHash })
  }
  return { decide, act, conflict, clear: () => setConflict(null) }
}
