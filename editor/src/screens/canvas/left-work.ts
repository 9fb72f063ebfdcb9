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
  /** The oldest comes first. `arrived` hears of what the server turned out to have after all. */
  find(file: FlowDefinition, editor: FlowEditor, arrived: (work: Recovered) => void): Promise<readonly Recovered[]>
  /** Decides about the first one and gives the others. Fails, and changes nothing, when its part cannot be fetched now. */
  settle(works: readonly Recovered[], choice: 'restore' | 'discard', editor: FlowEditor): Promise<readonly Recovered[]>
}

export function leftWork(flow: string, ports: LeftPorts): LeftWork {
  const { journal, shelf, load } = ports
  return {
    async find(file, editor, arrived) {
      const [record, left] = await Promise.all([journal.read(flow), shelf.read(flow)])
      const records = [...(left?.records ?? [])]
      if (record !== null && records.every(({ at }) => at !== record.at)) records.push(record)
      if (records.length === 0) return []
      // Before anything can fail: the next thing that is drawn takes the place in the journal.
      await shelf.write({ flow, records })
      const { findLeft, watchArrival } = await load()
      const works = await findLeft(records, file, ports)
      if (works.length > 0) setTimeout(() => watchArrival(works, editor, ports, arrived))
      return works
    },
    settle: async (works, choice, editor) => (await load()).settleLeft(works, choice, editor, ports),
  }
}
