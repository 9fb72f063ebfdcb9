import type { FlowDefinition } from '@sluice/flows'
import { diffDocuments } from '@sluice/flows/document'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { type JournalRecord, type Recovered, toFile } from '../../doc/index.ts'
import { recover } from '../../doc/recover.ts'

/** What a closed tab left in the journal, if the server lacks it. Loaded only where there is something to look at. */
export function leftBehind(record: JournalRecord, file: FlowDefinition): Recovered | null {
  return recover(record, file)
}

/** Puts it on top of the flow as it is by now: others may have gone on while the question stood. */
export function bringBack({ flow, saving }: FlowEditor, found: Recovered): void {
  const { doc } = flow.getState()
  const { mine } = recover(found.record, toFile(doc)) ?? found
  flow.replace(mine)
  saving?.adopt(diffDocuments(doc, mine))
}
