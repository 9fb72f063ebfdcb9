import type { FlowDefinition } from '@sluice/flows'
import type { Patch } from './patch.ts'
import { openShelf } from './shelf.ts'

/** Changes of one flow that the server does not have yet, kept by the browser. */
export interface JournalRecord {
  readonly flow: string
  /** The file the patches start from, with its version at the server. */
  readonly base: FlowDefinition
  readonly etag: string | null
  readonly patches: readonly Patch[]
  readonly at: number
}

/** Where unsaved work lives. The browser's is IndexedDB; tests use memory. */
export interface Journal {
  read(flow: string): Promise<JournalRecord | null>
  write(record: JournalRecord): Promise<void>
  clear(flow: string): Promise<void>
}

const databaseName = 'sluice-journal'
const storeName = 'flows'

/** The browser's journal. A browser that forbids storage gets one that lasts as long as the page. */
export function openJournal(): Journal {
  return openShelf<JournalRecord>(databaseName, storeName)
}

export function memoryJournal(): Journal {
  const records = new Map<string, JournalRecord>()
  return {
    read: async (flow) => records.get(flow) ?? null,
    write: async (record) => void records.set(record.flow, structuredClone(record)),
    clear: async (flow) => void records.delete(flow),
  }
}
