import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditStore } from '../store/audit.ts'
import { openTestDatabase } from '../test-database.ts'
import { type AuditFilter, auditReader } from './audit.ts'

const { db, close } = openTestDatabase()
const key = Buffer.alloc(32, 7)
afterAll(close)

beforeAll(() => {
  db.prepare(
    `INSERT INTO runs (id, flow, version, digest, status, uses, trigger, started_at, seq, sum) VALUES ('r-1', 'quote', 1, '', 'succeeded', '[]', 't', 1, 1, 0)`,
  ).run()
  const store = auditStore(db, key)
  const add = (kind: string, refs: Record<string, string>, actor = 'ann') =>
    store.append({ at: 1, actor: { kind: 'user', id: actor }, kind, refs, payload: null })
  add('consent.given', { customer: 'c-1', consent: 'k-1', purpose: 'recommendation', scene: 'quote_push' })
  add('consent.withdrawn', { customer: 'c-1', withdrawal: 'w-1', purpose: 'recommendation,service_delivery' }, 'ben')
  add('consent.given', { customer: 'c-2', consent: 'k-2', purpose: 'service_delivery', scene: 'community' })
  add('flow.published', { flow: 'quote', version: '1' })
  add('run.cancelled', { run: 'r-1' }, 'ben')
  add('run.cancelled', { run: 'r-gone' }, 'ben')
  add('veto.approved', { task: 't-1', run: 'r-1', by: 'ann', receipt: 'rc-1' })
})

const seqs = (filter: AuditFilter) =>
  auditReader(db, drizzle(db), key)
    .list(filter)
    .items.map(({ seq }) => seq)

function plan(filter: AuditFilter): string {
  const asked: { readonly query: string; readonly params: readonly unknown[] }[] = []
  auditReader(db, drizzle(db, { logger: { logQuery: (query, params) => void asked.push({ query, params }) } }), key).list(filter)
  const explain = ({ query, params }: (typeof asked)[number]) =>
    db.prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all(...params)
  return asked
    .flatMap(explain)
    .map(({ detail }) => detail)
    .join('; ')
}

test.each<[string, AuditFilter, readonly number[]]>([
  ['a person', { actor: 'ben' }, [6, 5, 2]],
  ['a customer', { customer: 'c-1' }, [2, 1]],
  ['a purpose, also where several ended at once', { purpose: 'service_delivery' }, [3, 2]],
  ['no part of the name of a purpose', { purpose: 'service' }, []],
  ['a flow, and what was done with its runs', { flow: 'quote' }, [7, 5, 4]],
  ['a receipt', { record: 'rc-1' }, [7]],
  ['a record of consent', { record: 'k-2' }, [3]],
  ['a flow and a person', { flow: 'quote', actor: 'ben' }, [5]],
  ['a purpose, from the second on', { purpose: 'service_delivery', cursor: 3 }, [2]],
])('the log is looked through by %s', (_what, filter, found) => {
  expect(seqs(filter)).toEqual(found)
})

test.each<[string, AuditFilter, string]>([
  ['kind', { kind: 'flow.published' }, 'USING INDEX audit_by_kind (kind=?)'],
  ['person', { actor: 'ann' }, 'USING INDEX audit_by_actor (actor_id=?)'],
  ['customer', { customer: 'c-1' }, 'USING INDEX audit_by_customer (<expr>=?)'],
  ['purpose', { purpose: 'recommendation' }, 'USING INDEX audit_with_purpose'],
  ['flow', { flow: 'quote' }, 'USING INDEX audit_of_flows'],
  ['receipt', { record: 'rc-1' }, 'USING INDEX audit_of_record (<expr>=?)'],
])('a filter by %s reads its index and not the whole log', (_what, filter, index) => {
  expect(plan(filter)).toContain(index)
})
