import { useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import type { FlowStatus } from './flow-api.ts'
import { CheckpointDialog, ConflictDialog, ExtractDialog, PublishDialog, ReplayDialog, TestDialog } from './parts-on-demand.ts'
import { useSaving } from './use-saving.ts'

/** The dialog that is open, if one is. */
export function CanvasDialogs({ status }: { readonly status: FlowStatus | null }) {
  const { view } = useFlowEditor()
  const open = useView((state) => state.confirm)
  const saving = useSaving()
  const close = () => view.setState({ confirm: null })
  return (
    <>
      {open === 'publish' && <PublishDialog status={status} onClose={close} />}
      {open === 'replay' && <ReplayDialog onClose={close} />}
      {open === 'checkpoint' && <CheckpointDialog onClose={close} />}
      {open === 'extract' && <ExtractDialog onClose={close} />}
      {open === 'run' && <TestDialog status={status} onClose={close} />}
      {open === 'conflict' && saving.conflict !== null && <ConflictDialog conflict={saving.conflict} onClose={close} />}
    </>
  )
}
