import type { FlowDefinition } from '@sluice/flows'
import { CornerUpRight, Ellipsis, RotateCcw, SkipForward } from 'lucide-react'
import { useState } from 'react'
import { type Run, useMay } from '../../app/api/index.ts'
import { needTexts, useT } from '../../app/i18n/index.ts'
import { Button, Menu, onDemand } from '../../ui/index.ts'

const dialogs = async () => (await Promise.all([import('./RunDialogs.tsx'), needTexts('runDialogs')]))[0]
const RerunDialog = onDemand(async () => (await dialogs()).RerunDialog)
const SkipDialog = onDemand(async () => (await dialogs()).SkipDialog)
const MoveDialog = onDemand(async () => (await dialogs()).MoveDialog)

type Open = { readonly kind: 'rerun' | 'skip' | 'move'; readonly node: string } | null

/** What an operator may do with this run beside cancelling and retrying: from the step that is looked at, or where it stands. */
export function RunActions({
  run,
  file,
  chosen,
  titleOf,
}: {
  readonly run: Run
  readonly file: FlowDefinition
  readonly chosen: string
  readonly titleOf: (node: string) => string
}) {
  const t = useT()
  const mayAct = useMay()('runs.act')
  const [open, setOpen] = useState<Open>(null)
  if (!mayAct) return null
  const isLive = run.endedAt === null
  const stands = [...new Set((run.waits ?? []).filter(({ kind }) => kind !== 'task' && kind !== 'join').map(({ node }) => node))]
  const icon = { size: 14, 'aria-hidden': true } as const
  const ports = [
    ...new Set(
      file.edges
        .map(({ from }) => from)
        .filter((from) => from.startsWith(`${open?.node ?? ''}.`))
        .map((from) => from.slice((open?.node ?? '').length + 1)),
    ),
  ]
  const close = () => setOpen(null)
  const asked = { run, titleOf, onClose: close }
  return (
    <>
      <Menu
        label={t('operate.more')}
        placement="bottom end"
        trigger={
          <Button icon={<Ellipsis size={16} aria-hidden="true" />} data-testid="run-actions">
            {t('operate.more')}
          </Button>
        }
        groups={[
          {
            id: 'again',
            entries: [
              {
                id: 'rerun',
                label: t('operate.rerun.from', { step: titleOf(chosen) }),
                icon: <RotateCcw {...icon} />,
                onAction: () => setOpen({ kind: 'rerun', node: chosen }),
              },
              ...stands.map((node) => ({
                id: `skip-${node}`,
                label: t('operate.skip.step', { step: titleOf(node) }),
                icon: <SkipForward {...icon} />,
                onAction: () => setOpen({ kind: 'skip', node }),
              })),
              ...(isLive
                ? [
                    {
                      id: 'move',
                      label: t('operate.move.menu'),
                      icon: <CornerUpRight {...icon} />,
                      onAction: () => setOpen({ kind: 'move', node: '' }),
                    },
                  ]
                : []),
            ],
          },
        ]}
      />
      {open?.kind === 'rerun' && <RerunDialog {...asked} node={open.node} />}
      {open?.kind === 'skip' && <SkipDialog {...asked} node={open.node} ports={ports.length === 0 ? ['out'] : ports} />}
      {open?.kind === 'move' && <MoveDialog {...asked} />}
    </>
  )
}
