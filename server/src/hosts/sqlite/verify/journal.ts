/** Walks every run's hash chain: entries without a gap, each row hashed onto the one before, as many as the run's row says. */
import type { Connection } from '../connection.ts'
import { journalGenesis, journalHash, type StoredJournalRow } from '../store/journal.ts'
import { unpackEntries } from '../store/packed-entries.ts'
import { clean, damaged, type Finding } from './finding.ts'

type Row = StoredJournalRow & { readonly run_seq: number | null }

export function verifyJournal(db: Connection): Finding {
  let checked = 0
  let last: Row | null = null
  const rows = db.prepare<[], Row>(`
    SELECT j.run, j.seq, j.count, j.at, j.entries, j.hash, r.seq AS run_seq
    FROM journal j LEFT JOIN runs r ON r.id = j.run ORDER BY j.run, j.seq`)
  for (const row of rows.iterate()) {
    const before: Row | null = last !== null && last.run === row.run ? last : null
    const short = last !== null && before === null ? endFlaw(last) : null
    if (last !== null && short !== null) return damaged('journal', checked, placeOf(last), short)
    const why = flawOf(row, before)
    if (why !== null) return damaged('journal', checked, placeOf(row), why)
    last = row
    checked += 1
  }
  const short = last === null ? null : endFlaw(last)
  if (last !== null && short !== null) return damaged('journal', checked, placeOf(last), short)
  const bare = db
    .prepare<[], string>('SELECT id FROM runs WHERE NOT EXISTS (SELECT 1 FROM journal WHERE run = runs.id) LIMIT 1')
    .pluck()
    .get()
  return bare === undefined ? clean('journal', checked) : damaged('journal', checked, `run ${bare}`, 'it has no journal')
}

function placeOf(row: Row): string {
  return `run ${row.run}, journal entry ${row.seq}`
}

function flawOf(row: Row, before: Row | null): string | null {
  const expected = before === null ? 1 : before.seq + before.count
  if (row.seq !== expected) return `entry ${expected} is missing`
  if (!journalHash(before?.hash ?? journalGenesis, row).equals(row.hash)) return 'its content does not match its hash'
  return lengthOf(row) === row.count ? null : 'it does not hold as many entries as it says'
}

function lengthOf(row: Row): number | null {
  try {
    return unpackEntries(row, row.entries).length
  } catch {
    return null
  }
}

/** Checked at a run's last row: entries cut off its end leave the chain whole but not the count. */
function endFlaw(last: Row): string | null {
  if (last.run_seq === null) return 'its run is missing'
  const end = last.seq + last.count - 1
  return last.run_seq === end ? null : `the journal ends at entry ${end}, the run at ${last.run_seq}`
}
