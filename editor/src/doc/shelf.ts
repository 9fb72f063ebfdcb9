/** One record for each flow, kept by the browser. */
export interface Shelf<Item extends { readonly flow: string }> {
  read(flow: string): Promise<Item | null>
  write(item: Item): Promise<void>
  clear(flow: string): Promise<void>
}

/** A shelf in IndexedDB. In a browser that forbids storage everything is simply forgotten. */
export function openShelf<Item extends { readonly flow: string }>(databaseName: string, storeName: string): Shelf<Item> {
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
    read: async (flow) => ((await run('readonly', (store) => store.get(flow))) as Item | undefined | null) ?? null,
    write: async (item) => void (await run('readwrite', (store) => store.put(item))),
    clear: async (flow) => void (await run('readwrite', (store) => store.delete(flow))),
  }
}
