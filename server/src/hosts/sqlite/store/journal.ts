/**
 * The journal: append only, hash-chained per run.
 * Why per run and not one chain over all: pruning or erasing a run then takes its whole chain with it and breaks no other, two runs
 * never wait for each other's hash, and a damaged row is named with its run. What a chain of its own cannot see, the loss of its
 * last rows, is seen by comparing with the run's row, which carries the number of entries.
 */
import { hash } from 'node:crypto'
import type { Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { packEntries, unpackEntries } from './packed-entries.ts'

/** Stands where a first row has no predecessor. */
export const journalGenesis = Buffer.alloc(32)

export interface StoredJournalRow {
  readonly run: string
  readonly seq: number
  readonly count: number
  readonly at: number
  readonly entries: string
  readonly hash: Buffer
}

/** `SHA-256(previous hash in hex, run, seq, at, entries as stored)`: over the stored text, so verifying needs no parsing. */
export function journalHash(previous: Buffer, row: Omit<StoredJournalRow, 'hash' | 'count'>): Buffer {
  return hash('sha256', `${previous.toString('hex')}\n${row.run}\n${row.seq}\n${row.at}\n${row.entries}`, 'buffer')
}

/** Rows of up to this size are hashed and bound from one buffer that stays. */
const bufferBytes = 256 * 1024
const genesisText = journalGenesis.toString('hex')

export function journalStore(db: Connection): Store['journal'] {
  // The entries come as bytes: they are encoded once, for the hash and for the file.
  const insert = db.prepare('INSERT INTO journal (run, seq, count, at, entries, hash) VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?)')
  const kept = Buffer.allocUnsafeSlow(bufferBytes)
  const last = db.prepare<[string], StoredJournalRow>('SELECT seq, count, hash FROM journal WHERE run = ? ORDER BY seq DESC LIMIT 1')
  const read = db.prepare<[string], StoredJournalRow>('SELECT run, seq, at, entries FROM journal WHERE run = ? ORDER BY seq')

  return {
    append(row) {
      // A first row needs no look-up: the unique index refuses a second one.
      const before = row.seq === 1 ? undefined : last.get(row.run)
      const expected = before === undefined ? 1 : before.seq + before.count
      if (row.seq !== expected) throw new Error(`SLU_JOURNAL_GAP: run ${row.run} goes on at entry ${expected}, not ${row.seq}`)
      const entries = packEntries(row, row.entries)
      const head = `${before === undefined ? genesisText : before.hash.toString('hex')}\n${row.run}\n${row.seq}\n${row.at}\n`
      // A unit of UTF-16 takes three bytes at most.
      const bytesMax = (head.length + entries.length) * 3
      const buffer = bytesMax <= bufferBytes ? kept : Buffer.allocUnsafe(bytesMax)
      const from = buffer.write(head)
      const to = from + buffer.write(entries, from)
      const hashed = hash('sha256', buffer.subarray(0, to), 'buffer')
      insert.run(row.run, row.seq, row.entries.length, row.at, buffer.subarray(from, to), hashed)
    },
    read(run) {
      return read.all(run).map((row) => ({
        run: row.run,
        seq: row.seq,
        at: row.at,
        entries: unpackEntries(row, row.entries),
      }))
    },
  }
}
