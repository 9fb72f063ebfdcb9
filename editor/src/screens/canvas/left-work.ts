import type { FlowDefinition } from '@sluice/flows'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import type { Journal, JournalRecord, Recovered, Shelf } from '../../doc/index.ts'

/** What closed tabs left behind of one flow and nobody has decided about yet. */
export interface LeftRecord {
  readonly flow: string
  readonly records: readonly JournalRecord[]
}

export interface LeftPorts {
  readonly journal: Journal
  /** New work takes the place in the journal; what is still to be decided about stands here. */
  readonly shelf: Shelf<LeftRecord>
  /** Loaded only where there is something to look at; may fail without a network. */
  readonly load: () => Promise<typeof import('./left-behind.ts')>
}

export interface LeftWork {
  /** The oldest comes first. */
  find(file: FlowDefinition): Promise<readonly Recovered[]>
  /** Decides about the first one and gives the others. Fails, and changes nothing, when it cannot be brought back now. */
  settle(works: readonly Recovered[], choice: 'restore' | 'discard', editor: FlowEditor): Promise<readonly Recovered[]>
}

export function leftWork(flow: string, { journal, shelf, load }: LeftPorts): LeftWork {
  const keep = (records: readonly JournalRecord[]) => (records.length === 0 ? shelf.clear(flow) : shelf.write({ flow, records }))
  return {
    async find(file) {
      const [record, left] = await Promise.all([journal.read(flow), shelf.read(flow)])
      const known = left?.records ?? []
      const isNew = record !== null && record.patches.length > 0 && known.every(({ at }) => at !== record.at)
      const records = isNew ? [...known, record] : known
      if (records.length === 0) {
        if (record !== null) void journal.clear(flow)
        return []
      }
      // Before anything can fail: the next thing that is drawn takes the place in the journal.
      await keep(records)
      const { leftBehind } = await load()
      const works = records.flatMap((each) => leftBehind(each, file) ?? [])
      if (works.length < records.length) await keep(works.map((work) => work.record))
      if (works.length === 0) void journal.clear(flow)
      return works
    },
    async settle([work, ...others], choice, editor) {
      if (work === undefined) return []
      if (choice === 'restore') {
        const { bringBack } = await load()
        bringBack(editor, work)
      } else if ((await journal.read(flow))?.at === work.record.at) void journal.clear(flow)
      await keep(others.map((each) => each.record))
      return others
    },
  }
}
