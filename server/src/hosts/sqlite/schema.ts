/** The platform's tables, declared once. Migrations make them; `schema.test.ts` proves that both say the same. */
import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** One row per run. `state` is there while the run lives; afterwards the journal holds the rest. */
export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey().notNull(),
    flow: text('flow').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    status: text('status').notNull(),
    subject: text('subject'),
    uses: text('uses').notNull(),
    eventId: text('event_id'),
    trigger: text('trigger').notNull(),
    parentRun: text('parent_run'),
    parentToken: text('parent_token'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    /** Journal entries so far. */
    seq: integer('seq').notNull(),
    output: text('output'),
    error: text('error'),
    state: text('state'),
    sum: integer('sum').notNull(),
    /** Stretch of the index by subject; no part of the checksum, because rows of earlier releases had none. */
    part: integer('part').notNull().default(0),
  },
  (run) => [
    index('runs_by_flow').on(run.flow, run.id),
    index('runs_of_subject').on(run.part, run.subject, run.id).where(sql`subject IS NOT NULL`),
    index('runs_not_succeeded').on(run.status, run.id).where(sql`status <> 'succeeded'`),
    index('runs_not_succeeded_of_flow').on(run.flow, run.status, run.id, run.version).where(sql`status <> 'succeeded'`),
    index('runs_live_of_subject').on(run.subject).where(sql`ended_at IS NULL AND subject IS NOT NULL`),
  ],
)

/** Append only. `hash` chains the rows of one run. */
export const journal = sqliteTable(
  'journal',
  {
    position: integer('position').primaryKey().notNull(),
    run: text('run').notNull(),
    /** Sequence number of the first entry in this row. */
    seq: integer('seq').notNull(),
    count: integer('count').notNull(),
    at: integer('at').notNull(),
    entries: text('entries').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (row) => [uniqueIndex('journal_by_run').on(row.run, row.seq)],
)

export const timers = sqliteTable(
  'timers',
  {
    /** Empty for a pack's timer. */
    run: text('run').notNull(),
    id: text('id').notNull(),
    dueAt: integer('due_at').notNull(),
    command: text('command'),
    payload: text('payload').notNull(),
    sum: integer('sum').notNull(),
    /** What rings first of what is due; no part of the checksum, because rows of earlier releases had none. */
    rank: integer('rank').notNull().default(1),
  },
  (timer) => [
    primaryKey({ columns: [timer.run, timer.id] }),
    index('timers_by_due').on(timer.dueAt),
    index('timers_urgent').on(timer.rank, timer.dueAt, timer.run, timer.id).where(sql`rank < 1`),
  ],
)

const waits = sqliteTable(
  'waits',
  {
    run: text('run').notNull(),
    token: text('token').notNull(),
    type: text('type').notNull(),
    key: text('key').notNull(),
    sum: integer('sum').notNull(),
  },
  (wait) => [primaryKey({ columns: [wait.run, wait.token] }), index('waits_by_key').on(wait.type, wait.key)],
)

/** Outside acts. Ordered in the transaction of the entry that caused them. */
export const outbox = sqliteTable(
  'outbox',
  {
    position: integer('position').primaryKey().notNull(),
    id: text('id').notNull(),
    run: text('run'),
    token: text('token'),
    node: text('node'),
    attempt: integer('attempt').notNull(),
    handler: text('handler').notNull(),
    request: text('request').notNull(),
    use: text('use'),
    subject: text('subject'),
    refusedPort: text('refused_port'),
    idempotencyKey: text('idempotency_key').notNull(),
    onResult: text('on_result'),
    state: text('state').notNull(),
    notBefore: integer('not_before').notNull(),
    begunAt: integer('begun_at'),
    /** 0 for a withdrawal's own acts, 1 for all others. */
    rank: integer('rank').notNull(),
    sum: integer('sum').notNull(),
  },
  (row) => [
    uniqueIndex('outbox_by_id').on(row.id),
    index('outbox_by_token').on(row.run, row.token).where(sql`run IS NOT NULL`),
    index('outbox_queued').on(row.rank, row.notBefore, row.position).where(sql`state = 'queued'`),
    index('outbox_begun').on(row.position).where(sql`state = 'begun'`),
    index('outbox_open_of_subject').on(row.subject, row.position).where(sql`state IN ('queued', 'begun') AND subject IS NOT NULL`),
  ],
)

/** Every event that was acknowledged, so that the same one again gets the same answer. */
export const inbox = sqliteTable(
  'inbox',
  {
    event: text('event').primaryKey().notNull(),
    source: text('source').notNull(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    subject: text('subject'),
    time: text('time').notNull(),
    data: text('data').notNull(),
    runs: text('runs').notNull(),
    receivedAt: integer('received_at').notNull(),
    sum: integer('sum').notNull(),
    authors: text('authors'),
    extensions: text('extensions'),
  },
  (row) => [uniqueIndex('inbox_by_source').on(row.source, row.id), index('inbox_by_type').on(row.type, row.receivedAt)],
)

/** Published flows, ready to run. Never changed once written. */
export const flowVersions = sqliteTable(
  'flow_versions',
  {
    key: text('key').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    compiled: text('compiled').notNull(),
    active: integer('active').notNull(),
    sum: integer('sum').notNull(),
  },
  (flow) => [primaryKey({ columns: [flow.key, flow.version] }), uniqueIndex('flow_active').on(flow.key).where(sql`active = 1`)],
)

/** Parts of what an entry is about, as its indexes have them. */
const customerRef = sql`coalesce(json_extract(refs, '$.customer'), json_extract(refs, '$.subject'), json_extract(refs, '$.contact'))`
const purposeRef = sql`json_extract(refs, '$.purpose')`
const flowRef = sql`json_extract(refs, '$.flow')`
const runRef = sql`json_extract(refs, '$.run')`
const recordRef = sql`coalesce(json_extract(refs, '$.receipt'), json_extract(refs, '$.consent'))`
export const auditRefs = { record: recordRef, customer: customerRef, purpose: purposeRef, flow: flowRef, run: runRef } as const

/** Tamper-evident: `entry_hash = SHA-256(prev_hash || JCS(entry))`; triggers forbid change and removal. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    seq: integer('seq').primaryKey().notNull(),
    at: text('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    kind: text('kind').notNull(),
    refs: text('refs').notNull(),
    payloadCommitment: text('payload_commitment'),
    prevHash: blob('prev_hash', { mode: 'buffer' }).notNull(),
    entryHash: blob('entry_hash', { mode: 'buffer' }).notNull(),
  },
  (entry) => [
    index('audit_by_kind').on(entry.kind, entry.seq),
    index('audit_by_actor').on(entry.actorId, entry.seq),
    index('audit_by_customer').on(customerRef, entry.seq).where(sql`${customerRef} IS NOT NULL`),
    index('audit_with_purpose').on(entry.seq, purposeRef).where(sql`${purposeRef} IS NOT NULL`),
    index('audit_of_record').on(recordRef, entry.seq).where(sql`${recordRef} IS NOT NULL`),
    index('audit_of_flows').on(entry.seq, flowRef, runRef).where(sql`coalesce(${flowRef}, ${runRef}) IS NOT NULL`),
  ],
)

/** What the commitments commit to. Erasable: without its salt a commitment says nothing. */
export const auditPayloads = sqliteTable('audit_payloads', {
  seq: integer('seq').primaryKey().notNull(),
  salt: blob('salt', { mode: 'buffer' }).notNull(),
  payload: text('payload').notNull(),
})

/** Which migrations this file went through. */
const migrations = sqliteTable('migrations', {
  number: integer('number').primaryKey().notNull(),
  name: text('name').notNull(),
  checksum: text('checksum').notNull(),
  appliedAt: integer('applied_at').notNull(),
  sum: integer('sum').notNull(),
})

/** Shape of each pack table as last made, so that a changed declaration is seen. */
const packTables = sqliteTable('pack_tables', {
  name: text('name').primaryKey().notNull(),
  definition: text('definition').notNull(),
  sum: integer('sum').notNull(),
})

/** Digest of the file's own schema as the last start left it. */
const schemaSeal = sqliteTable('schema_seal', {
  id: integer('id').primaryKey().notNull(),
  digest: text('digest').notNull(),
})

export const platformTables = {
  runs,
  journal,
  timers,
  waits,
  outbox,
  inbox,
  flowVersions,
  auditLog,
  auditPayloads,
  migrations,
  packTables,
  schemaSeal,
} as const
