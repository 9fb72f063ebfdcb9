import { CircleHelp, CornerUpLeft, Ellipsis, Forward, Hand, UserPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { claimTask, type Task, useSession } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { translate, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, IconButton, Menu } from '../../ui/index.ts'
import styles from './TaskPane.module.css'

const TransferDialog = lazy(async () => ({ default: (await import('./TransferDialog.tsx')).TransferDialog }))
const SignerDialog = lazy(async () => ({ default: (await import('./SignerDialog.tsx')).SignerDialog }))
const WordsDialog = lazy(async () => ({ default: (await import('./WordsDialog.tsx')).WordsDialog }))

type Opened = 'transfer' | 'signer' | 'ask' | 'return' | null

/** What one can do instead of deciding: take it, ask, hand it on, have it signed by more people, give it back. */
export function OtherActs({ task }: { readonly task: Task }) {
  const t = useT()
  const me = useSession()?.user.id
  const [opened, open] = useState<Opened>(null)
  const claim = useAct(claimTask, { done: () => t('tasks.claim.done'), refresh: [['tasks']] })
  const isMine = task.claimedBy !== null && task.claimedBy === me
  const mayReturn = task.mayReturn === true || isMine
  const close = () => open(null)
  useCommands([
    {
      id: 'tasks.ask',
      title: () => translate('tasks.ask'),
      keys: ['Q'],
      scope: 'app',
      when: () => task.mayAsk === true,
      run: () => open('ask'),
    },
    {
      id: 'tasks.transfer',
      title: () => translate('tasks.transfer'),
      keys: ['D'],
      scope: 'app',
      when: () => task.mayTransfer,
      run: () => open('transfer'),
    },
    {
      id: 'tasks.claim',
      title: () => translate('tasks.claim'),
      keys: ['C'],
      scope: 'app',
      when: () => task.claimedBy === null && !claim.isPending,
      run: () => claim.mutate(task.id),
    },
  ])
  const entries = [
    ...(task.mayAddSigner === true
      ? [{ id: 'signer', label: t('tasks.signer'), icon: <UserPlus size={15} aria-hidden="true" />, onAction: () => open('signer') }]
      : []),
    ...(mayReturn
      ? [{ id: 'return', label: t('tasks.return'), icon: <CornerUpLeft size={15} aria-hidden="true" />, onAction: () => open('return') }]
      : []),
  ]
  return (
    <div className={styles.own}>
      {isMine ? (
        <span className={styles.quiet}>{t('tasks.claimed.you')}</span>
      ) : (
        <Button
          tone="quiet"
          size="small"
          icon={<Hand size={14} aria-hidden="true" />}
          onPress={() => claim.mutate(task.id)}
          isPending={claim.isPending}
          isDisabled={task.claimedBy !== null}
        >
          {t('tasks.claim')}
        </Button>
      )}
      <span className={styles.more}>
        {task.mayAsk === true && (
          <Button tone="quiet" size="small" icon={<CircleHelp size={14} aria-hidden="true" />} onPress={() => open('ask')}>
            {t('tasks.ask')}
          </Button>
        )}
        {task.mayTransfer && (
          <Button tone="quiet" size="small" icon={<Forward size={14} aria-hidden="true" />} onPress={() => open('transfer')}>
            {t('tasks.transfer')}
          </Button>
        )}
        {entries.length > 0 && (
          <Menu
            label={t('tasks.more')}
            trigger={<IconButton label={t('tasks.more')} icon={<Ellipsis size={16} aria-hidden="true" />} size="small" />}
            groups={[{ id: 'more', entries }]}
            placement="top end"
          />
        )}
      </span>
      <Suspense fallback={null}>
        {opened === 'transfer' && <TransferDialog task={task} onClose={close} />}
        {opened === 'signer' && <SignerDialog task={task} onClose={close} />}
        {(opened === 'ask' || opened === 'return') && <WordsDialog act={opened} task={task} onClose={close} />}
      </Suspense>
    </div>
  )
}
