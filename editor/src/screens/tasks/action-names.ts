import { type MessageId, useT } from '../../app/i18n/index.ts'

/** Answers people meet often; a flow's own ones show as they are written. */
const names: Readonly<Record<string, MessageId>> = {
  approve: 'tasks.action.approve',
  approved: 'tasks.action.approve',
  reject: 'tasks.action.reject',
  rejected: 'tasks.action.reject',
  reply: 'tasks.action.reply',
  veto: 'tasks.action.veto',
  vetoed: 'tasks.action.veto',
  done: 'tasks.action.done',
  ask: 'tasks.action.ask',
  return: 'tasks.action.return',
  confirm: 'tasks.action.confirm',
  clear: 'tasks.action.clear',
  concern: 'tasks.action.concern',
  called: 'tasks.action.called',
  passed_on: 'tasks.action.passed-on',
}

export function useActionName(): (action: string) => string {
  const t = useT()
  return (action) => {
    const id = names[action]
    return id === undefined ? action : t(id)
  }
}

/** An answer that stops something looks like one. */
export function isAgainst(action: string): boolean {
  return /^(concern|reject|veto|deny|decline|refuse|cancel|stop)/.test(action)
}
