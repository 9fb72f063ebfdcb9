/**
 * How the entries of one journal row are written. A run of a few steps says the same things again and again: the row's time in every
 * entry, the event's data as the run's first data, what a branch handed on as it came. Each is written once, which halves the journal.
 * Rows of earlier versions are plain lists of entries; both are read.
 */
import type { EntryOf, JournalEntry, NewToken } from '@sluice/engine/core'
import type { Json } from '@sluice/flows'
import { storedJson } from '../stored-json.ts'
import { jsonText, nameText } from './json-text.ts'

/** What stands beside the entries in their row. */
export interface RowPlace {
  readonly run: string
  readonly at: number
}

/** A token that leaves; the limit is there when it has one. One that came round a loop is rare and stays as it is. */
type PackedToken = readonly [id: string, node: string, port: string, edge: number, limit?: NewToken['limit']] | NewToken

/** 0: the same data as in the entry before. */
type PackedData = readonly [Json] | 0

/** A completed step, by far the most frequent entry. What is null or not so at the end is left out. One that names authors is rare and stays as it is. */
type PackedStep = readonly [
  node: string,
  token: string,
  port: string,
  data: PackedData,
  next: readonly PackedToken[],
  why?: EntryOf<'node.completed'>['why'],
  scope?: string | null,
  undoable?: true,
]

/** Any other entry, without what its row or the entry before says. */
interface PackedEntry {
  readonly kind: string
  readonly [field: string]: unknown
}

interface PackedRow {
  readonly packed: 1
  readonly entries: readonly (PackedStep | PackedEntry)[]
}

type Step = EntryOf<'node.completed'>
type Fields<Shape> = Shape extends unknown ? keyof Shape : never

/** The types below end the build when these entries get a field that would not be written. */
type StepField = 'kind' | 'version' | 'at' | 'node' | 'token' | 'port' | 'data' | 'next' | 'why' | 'scope' | 'undoable' | 'authors'
type TokenField = 'id' | 'node' | 'port' | 'edge' | 'limit' | 'round'
const everyFieldIsWritten: [Exclude<Fields<Step>, StepField>, Exclude<Fields<NewToken>, TokenField>] extends [never, never] ? true : never =
  true

/** The text of a row. Steps are put together by hand: each run has several, and one general call for the whole row takes twice as long. */
export function packEntries({ run, at }: RowPlace, entries: readonly JournalEntry[]): string {
  let before: Json | undefined
  let text = ''
  for (const entry of entries) {
    if (text !== '') text += ','
    if (entry.kind === 'node.completed' && entry.at === at && entry.authors === undefined && everyFieldIsWritten) {
      text += stepText(entry, entry.data === before)
      before = entry.data
    } else if (entry.kind === 'run.started') {
      before = entry.data
      text += startText(entry, run, at)
    } else {
      // JSON leaves out what is undefined; taking fields out of an object would cost more.
      const others = { ...entry, version: undefined, at: entry.at === at ? undefined : entry.at }
      text += JSON.stringify(entry.kind === 'run.succeeded' && entry.output === before ? { ...others, output: undefined } : others)
    }
  }
  return `{"packed":1,"entries":[${text}]}`
}

export function unpackEntries({ run, at }: RowPlace, text: string): readonly JournalEntry[] {
  const row = storedJson<readonly JournalEntry[] | PackedRow>(text)
  if (!('packed' in row)) return row
  let before: Json = null
  return row.entries.map((packed): JournalEntry => {
    if (isList(packed)) {
      const [node, token, port, data, next, why = null, scope = null, undoable] = packed
      before = data === 0 ? before : data[0]
      const step = {
        kind: 'node.completed',
        version: 1,
        at,
        node,
        token,
        port,
        data: before,
        why,
        next: next.map(unpackToken),
        scope,
      } as const
      return undoable === undefined ? step : { ...step, undoable }
    }
    const entry = { version: 1, at, ...packed } as unknown as JournalEntry
    if (entry.kind === 'run.started') {
      const { event, data = event?.data ?? null } = entry
      before = data
      return { ...entry, run: entry.run ?? run, data }
    }
    return entry.kind === 'run.succeeded' && entry.output === undefined ? { ...entry, output: before } : entry
  })
}

/** A `PackedStep`. */
function stepText({ node, token, port, data, next, why, scope, undoable }: Step, same: boolean): string {
  let tokens = ''
  for (const one of next) tokens += tokens === '' ? tokenText(one) : `,${tokenText(one)}`
  const head = `[${nameText(node)},${nameText(token)},${nameText(port)},${same ? '0' : `[${jsonText(data)}]`},[${tokens}]`
  if (undoable === true) return `${head},${JSON.stringify(why)},${JSON.stringify(scope)},true]`
  if (scope !== null) return `${head},${JSON.stringify(why)},${JSON.stringify(scope)}]`
  return why === null ? `${head}]` : `${head},${JSON.stringify(why)}]`
}

/** A `PackedToken`. */
function tokenText(token: NewToken): string {
  if (token.round !== undefined) return JSON.stringify(token)
  const { id, node, port, edge, limit } = token
  const text = `[${nameText(id)},${nameText(node)},${nameText(port)},${edge}`
  return limit === undefined ? `${text}]` : `${text},${JSON.stringify(limit)}]`
}

/** A `PackedEntry`; the data of the event is the one large part of it, and its text is known from the inbox. */
function startText(entry: EntryOf<'run.started'>, run: string, at: number): string {
  const { event, data } = entry
  const same = event !== null && data === event.data
  const others = JSON.stringify({
    ...entry,
    version: undefined,
    at: entry.at === at ? undefined : entry.at,
    run: entry.run === run ? undefined : entry.run,
    event: undefined,
    data: undefined,
  })
  const about = event === null ? 'null' : `${open(JSON.stringify({ ...event, data: undefined }))},"data":${jsonText(event.data)}}`
  return `${open(others)},"event":${about}${same ? '' : `,"data":${jsonText(data)}`}}`
}

/** An object's text without its end, so that more can follow; ours are never empty. */
function open(text: string): string {
  return text.slice(0, -1)
}

function unpackToken(token: PackedToken): NewToken {
  if (!isList(token)) return token
  const [id, node, port, edge, limit] = token
  return limit === undefined ? { id, node, port, edge } : { id, node, port, edge, limit }
}

function isList<Shape>(value: Shape): value is Extract<Shape, readonly unknown[]> {
  return Array.isArray(value)
}
