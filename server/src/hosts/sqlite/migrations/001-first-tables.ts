import type { Migration } from './index.ts'

export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  sql: `
CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY, flow TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, status TEXT NOT NULL,
  subject TEXT, uses TEXT NOT NULL, event_id TEXT, trigger TEXT NOT NULL, parent_run TEXT, parent_token TEXT,
  started_at INTEGER NOT NULL, ended_at INTEGER, seq INTEGER NOT NULL, output TEXT, error TEXT, state TEXT, sum INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_flow ON runs (flow, id);
CREATE INDEX runs_by_subject ON runs (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX runs_not_succeeded ON runs (status, id) WHERE status <> 'succeeded';
CREATE INDEX runs_live_of_subject ON runs (subject) WHERE ended_at IS NULL AND subject IS NOT NULL;

CREATE TABLE journal (
  position INTEGER NOT NULL PRIMARY KEY, run TEXT NOT NULL, seq INTEGER NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL,
  entries TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_by_run ON journal (run, seq);

CREATE TABLE timers (
  run TEXT NOT NULL, id TEXT NOT NULL, due_at INTEGER NOT NULL, command TEXT, payload TEXT NOT NULL, sum INTEGER NOT NULL,
  PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due_at);

CREATE TABLE waits (
  run TEXT NOT NULL, token TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL,
  PRIMARY KEY (run, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX waits_by_type ON waits (type);

CREATE TABLE outbox (
  position INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, run TEXT, token TEXT, node TEXT, attempt INTEGER NOT NULL,
  handler TEXT NOT NULL, request TEXT NOT NULL, use TEXT, subject TEXT, refused_port TEXT, idempotency_key TEXT NOT NULL,
  on_result TEXT, state TEXT NOT NULL, not_before INTEGER NOT NULL, begun_at INTEGER, rank INTEGER NOT NULL, sum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_by_id ON outbox (id);
CREATE INDEX outbox_by_token ON outbox (run, token) WHERE run IS NOT NULL;
CREATE INDEX outbox_queued ON outbox (rank, not_before, position) WHERE state = 'queued';
CREATE INDEX outbox_begun ON outbox (position) WHERE state = 'begun';
CREATE INDEX outbox_open_of_subject ON outbox (subject, position) WHERE state IN ('queued', 'begun') AND subject IS NOT NULL;

CREATE TABLE inbox (
  event TEXT NOT NULL PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, subject TEXT, time TEXT NOT NULL,
  data TEXT NOT NULL, runs TEXT NOT NULL, received_at INTEGER NOT NULL, sum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX inbox_by_source ON inbox (source, id);

CREATE TABLE flow_versions (
  key TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, compiled TEXT NOT NULL, active INTEGER NOT NULL,
  sum INTEGER NOT NULL, PRIMARY KEY (key, version)
) STRICT;
CREATE UNIQUE INDEX flow_active ON flow_versions (key) WHERE active = 1;

CREATE TABLE audit_log (
  seq INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, actor_kind TEXT NOT NULL, actor_id TEXT NOT NULL, kind TEXT NOT NULL,
  refs TEXT NOT NULL, payload_commitment TEXT, prev_hash BLOB NOT NULL, entry_hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_never_shrinks BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_payloads (seq INTEGER NOT NULL PRIMARY KEY, salt BLOB NOT NULL, payload TEXT NOT NULL) STRICT;

CREATE TABLE pack_tables (name TEXT NOT NULL PRIMARY KEY, definition TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;

CREATE TABLE schema_seal (id INTEGER NOT NULL PRIMARY KEY, digest TEXT NOT NULL) STRICT;
`,
}
