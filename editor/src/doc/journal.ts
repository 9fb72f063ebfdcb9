import type { FlowDefinition } from '@sluice/flows'
import type { Patch } from './patch.ts'

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
  let opened: Promise<IDBDatabase> | null = null
  const open = () => {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(databaseName, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'flow' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    return opened
  }
  async function run<Result>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result | null> {
    try {
      const database = await open()
      return await new Promise<Result>((resolve, reject) => {
        const request = act(database.transaction(storeName, mode, { durability: 'relaxed' }).objectStore(storeName))
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    } catch {
      return null
    }
  }
  return {
    read: async (flow) => ((await run('readonly', (store) => store.get(flow))) as JournalRecord | undefined | null) ?? null,
    write: async (record) => void (await run('readwrite', (store) => store.put(record))),
    clear: async (flow) => void (await run('readwrite', (store) => store.delete(flow))),
  }
}

export function memoryJournal(): Journal {
  const records = new Map<string, JournalRecord>()
  return {
    read: async (flow) => records.get(flow) ?? null,
    write: async (record) => void records.set(record.flow, structuredClone(record)),
    clear: async (flow) => void records.delete(flow),
  }
}
