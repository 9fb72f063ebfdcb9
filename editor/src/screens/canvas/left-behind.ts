import type { FlowDefinition } from '@sluice/flows'
import { diffDocuments } from '@sluice/flows/document'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { type JournalRecord, type Recovered, toFile } from '../../doc/index.ts'
import { recover } from '../../doc/recover.ts'
import type { LeftPorts } from './left-work.ts'

/** What closed tabs left behind and the server lacks. Loaded only where there is something to look at. */
export async function findLeft(
  records: readonly JournalRecord[],
  file: FlowDefinition,
  ports: Pick<LeftPorts, 'journal' | 'shelf'>,
): Promise<readonly Recovered[]> {
  const works = records.flatMap((record) => recover(record, file) ?? [])
  if (works.length < records.length) await keep(file.key, works, ports)
  if (works.length === 0) void ports.journal.clear(file.key)
  return works
}

/** How long what was sent while the page went may take to be heard of. */
const onItsWayMs = 10_000

/** What a closing page sent last may reach the server after the next page read the flow: then nothing was left behind. */
export function watchArrival(works: readonly Recovered[], editor: FlowEditor, ports: LeftPorts, arrived: (work: Recovered) => void): void {
  let left = works
  const look = () => {
    const now = toFile(editor.flow.getState().doc)
    for (const work of left.filter(({ record }) => recover(record, now) === null)) {
      left = left.filter((each) => each !== work)
      void settleLeft([work, ...left], 'discard', editor, ports)
      arrived(work)
    }
  }
  const stop = editor.flow.subscribe(look)
  setTimeout(stop, onItsWayMs)
  look()
}

export async function settleLeft(
  [work, ...others]: readonly Recovered[],
  choice: 'restore' | 'discard',
  editor: FlowEditor,
  ports: Pick<LeftPorts, 'journal' | 'shelf'>,
): Promise<readonly Recovered[]> {
  if (work === undefined) return []
  const { flow, at } = work.record
  if (choice === 'restore') bringBack(editor, work)
  else if ((await ports.journal.read(flow))?.at === at) void ports.journal.clear(flow)
  await keep(flow, others, ports)
  return others
}

function keep(flow: string, works: readonly Recovered[], { shelf }: Pick<LeftPorts, 'shelf'>): Promise<void> {
  return works.length === 0 ? shelf.clear(flow) : shelf.write({ flow, records: works.map(({ record }) => record) })
}

/** Puts it on top of the flow as it is by now: others may have gone on while the question stood. */
function bringBack({ flow, saving }: FlowEditor, found: Recovered): void {
  const { doc } = flow.getState()
  const { mine } = recover(found.record, toFile(doc)) ?? found
  flow.replace(mine)
  saving?.adopt(diffDocuments(doc, mine))
}
