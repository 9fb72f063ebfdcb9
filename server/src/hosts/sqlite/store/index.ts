/** The durable store: every statement prepared once, every write inside one immediate transaction. */
import type { Store, TableDefinition } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { sqliteRecords } from '../records/records.ts'
import { auditStore } from './audit.ts'
import { flowsStore } from './flows.ts'
import { inboxStore } from './inbox.ts'
import { journalStore } from './journal.ts'
import { outboxStore } from './outbox.ts'
import { runsStore } from './runs.ts'
import { timersStore } from './timers.ts'
import { transactions } from './transactions.ts'
import { waitsStore } from './waits.ts'

export interface StoreOptions {
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  readonly tables: readonly TableDefinition<any>[]
  readonly auditKey: Buffer
}

export interface SqliteStore extends Store {
  /** What the last commits took, most of it waiting for the disk. */
  readonly commitMs: () => number
}

/** Expects a migrated file. Makes the packs' tables that are not there yet. */
export function sqliteStore(db: Connection, options: StoreOptions): SqliteStore {
  const records = sqliteRecords(db, options.tables)
  return {
    ...transactions(db),
    records,
    runs: runsStore(db),
    journal: journalStore(db),
    timers: timersStore(db),
    waits: waitsStore(db),
    outbox: outboxStore(db),
    inbox: inboxStore(db),
    flows: flowsStore(db),
    audit: auditStore(db, options.auditKey),
  }
}
