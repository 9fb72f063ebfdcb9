import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../app/api/index.ts'
import { resumeFlow } from '../../app/api/operate.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { useFlow } from '../../canvas/flow-editor.ts'
import { Button, IconButton, onDemand } from '../../ui/index.ts'
import type { FlowStatus } from './flow-api.ts'

// The face stands in the bar at once; what it asks waits for the press.
const PauseDialog = onDemand(async () => (await import('../flows/PauseDialog.tsx')).PauseDialog)
const ConfirmDialog = onDemand(async () => (await import('../../ui/ConfirmDialog.tsx')).ConfirmDialog)

/** Whether the live flow stands still, and the switch for it: what waits meanwhile, and what goes on. */
export function PauseFace({ status }: { readonly status: FlowStatus }) {
  const t = useT()
  const say = useSay()
  const mayAct = useMay()('flows.block')
  const head = useFlow((state) => state.doc.head)
  const [asks, setAsks] = useState<'pause' | 'resume' | null>(null)
  const resume = useAct(resumeFlow, {
    done: ({ released }) => t('operate.pause.resumed', { count: released }),
    refresh: [['flows'], ['flow-status', status.key]],
    onDone: () => setAsks(null),
  })
  const { paused } = status
  if (status.active === null || (paused == null && !mayAct)) return null
  return (
    <>
      {paused == null ? (
        <IconButton
          size="small"
          label={t('operate.pause.title', { name: say(head.name) })}
          icon={<Pause size={15} aria-hidden="true" />}
          onPress={() => setAsks('pause')}
        />
      ) : (
        <Button
          size="small"
          tone="danger"
          icon={<Play size={14} aria-hidden="true" />}
          isDisabled={!mayAct}
          data-testid="flow-paused"
          onPress={() => setAsks('resume')}
        >
          {t('operate.pause.held', { count: paused.held })}
        </Button>
      )}
      {asks === 'pause' && <PauseDialog flow={status.key} name={say(head.name)} onClose={() => setAsks(null)} />}
      {asks === 'resume' && paused != null && (
        <ConfirmDialog
          isOpen
          title={t('operate.pause.resume.title', { name: say(head.name) })}
          action={t('operate.pause.resume')}
          isPending={resume.isPending}
          onClose={() => setAsks(null)}
          onConfirm={() => resume.mutate(status.key)}
        >
          {t(`operate.pause.resume.${paused.mode}`, { count: paused.held })}
          {paused.reason !== '' && <p>{t('operate.pause.why', { reason: paused.reason })}</p>}
        </ConfirmDialog>
      )}
    </>
  )
}
