import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { repsQuery, type Task, transferTask } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { usePersonName, useRoleName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, ComboBox, Dialog } from '../../ui/index.ts'

const roles = ['director', 'legal', 'consent_manager', 'admin'] as const

/** To a rep, or to everyone with a role. */
export function TransferDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const t = useT()
  const roleName = useRoleName()
  const personName = usePersonName()
  const reps = useQuery(repsQuery)
  const [to, setTo] = useState<string | null>(null)
  const transfer = useAct(transferTask, {
    done: (_, sent) => t('tasks.transfer.done', { name: personName(sent.to) }),
    refresh: [['tasks']],
    onDone: onClose,
  })
  const options = [
    ...(reps.data?.items ?? []).map((rep) => ({
      value: `rep:${rep.id}`,
      label: rep.name,
      help: [rep.team, rep.region].filter(Boolean).join(' · ') || t('tasks.transfer.people'),
    })),
    ...roles.map((role) => ({ value: `role:${role}`, label: roleName(role), help: t('tasks.transfer.role') })),
  ].filter((option) => option.value !== task.assignee)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tasks.transfer.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={to === null}
            isPending={transfer.isPending}
            onPress={() => to !== null && transfer.mutate({ id: task.id, to })}
          >
            {t('tasks.transfer')}
          </Button>
        </>
      }
    >
      <ComboBox label={t('tasks.transfer.to')} options={options} value={to} onChange={setTo} placeholder={t('app.select.placeholder')} />
    </Dialog>
  )
}
