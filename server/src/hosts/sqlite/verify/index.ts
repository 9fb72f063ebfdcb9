/** `sluice verify`: is every byte we rely on still what was written? Names the first thing that is not, check by check. */
import { existsSync } from 'node:fs'
import { type Connection, openReader } from '../connection.ts'
import { diskProblem } from '../disk-problem.ts'
import { schemaDigest, sealedDigest } from '../schema-seal.ts'
import { verifyAuditChain } from './audit.ts'
import { type CheckName, clean, damaged, type Finding } from './finding.ts'
import { verifyJournal } from './journal.ts'
import { inOwnShape } from './of-this-version.ts'
import { verifyRows } from './rows.ts'
import { verifyRuns } from './runs.ts'

export type { CheckName, Finding } from './finding.ts'

export interface VerifyReport {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  /** The first thing that is wrong, in the order of the checks. */
  readonly bad: (NonNullable<Finding['bad']> & { readonly check: CheckName }) | null
}

/** Works on a live file too: everything is read from one snapshot. */
export function verifyDatabase(file: string): VerifyReport {
  if (!existsSync(file)) return report([damaged('file', 0, file, 'it does not exist')])
  let db: Connection
  try {
    db = openReader(file)
  } catch (error) {
    return report([damaged('file', 0, 'the database file', reason(error))])
  }
  try {
    db.exec('BEGIN')
    const asItIs = run(checksOfFile, db)
    if (asItIs.some(({ ok }) => !ok)) return report([...asItIs, ...run(checksOfContent, db)])
    return report([...asItIs, ...inOwnShape(db, file, (shaped) => run(checksOfContent, shaped))])
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SLU_DATA_NEWER') throw error
    const disk = diskProblem(error)
    if (disk?.code === 'SLU_DISK_FULL') throw disk
    return report([damaged('file', 0, 'the database file', reason(error))])
  } finally {
    db.close()
  }
}

type Checks = readonly (readonly [CheckName, (db: Connection) => Finding])[]

/** Of the bytes as they lie there. */
const checksOfFile: Checks = [
  ['file', verifyFile],
  ['schema', verifySchema],
]

const checksOfContent: Checks = [
  ['journal', verifyJournal],
  ['audit', verifyAuditChain],
  ['rows', verifyRows],
  ['runs', verifyRuns],
]

function run(checks: Checks, db: Connection): readonly Finding[] {
  return checks.map(([name, check]) => guarded(name, () => check(db)))
}

/** Pages, cells, and that every index says what its table says. */
function verifyFile(db: Connection): Finding {
  const pages = db.pragma('page_count', { simple: true }) as number
  const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[]
  const said = first?.integrity_check ?? 'nothing'
  return said === 'ok' ? clean('file', pages) : damaged('file', pages, 'the database file', said)
}

function verifySchema(db: Connection): Finding {
  return schemaDigest(db) === sealedDigest(db)
    ? clean('schema', 1)
    : damaged('schema', 1, 'the schema', 'it is not the one that was sealed')
}

/** A page so damaged that SQLite refuses to read it is a finding, not a crash. */
function guarded(name: CheckName, check: () => Finding): Finding {
  try {
    return check()
  } catch (error) {
    return damaged(name, 0, `check ${name}`, reason(error))
  }
}

/** SQLite's own words only: other messages may quote what they could not read. */
function reason(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return typeof code === 'string' && code.startsWith('SQLITE') ? `${code}: ${String(message)}` : 'it cannot be read'
}

function report(findings: readonly Finding[]): VerifyReport {
  const first = findings.find((finding) => !finding.ok)
  return { ok: first === undefined, findings, bad: first?.bad == null ? null : { ...first.bad, check: first.name } }
}
