import type { Migration } from './index.ts'

/** The log is only ever longer: who looks for one person, customer, purpose or flow must not read all of it. */
export const auditFilters: Migration = {
  number: 9,
  name: 'filters of the audit log',
  sql: `
CREATE INDEX audit_by_kind ON audit_log (kind, seq);
CREATE INDEX audit_by_actor ON audit_log (actor_id, seq);
CREATE INDEX audit_by_customer ON audit_log (coalesce(json_extract(refs, '$.customer'), json_extract(refs, '$.subject'), json_extract(refs, '$.contact')), seq)
  WHERE coalesce(json_extract(refs, '$.customer'), json_extract(refs, '$.subject'), json_extract(refs, '$.contact')) IS NOT NULL;
CREATE INDEX audit_with_purpose ON audit_log (seq, json_extract(refs, '$.purpose')) WHERE json_extract(refs, '$.purpose') IS NOT NULL;
CREATE INDEX audit_of_record ON audit_log (coalesce(json_extract(refs, '$.receipt'), json_extract(refs, '$.consent')), seq)
  WHERE coalesce(json_extract(refs, '$.receipt'), json_extract(refs, '$.consent')) IS NOT NULL;
CREATE INDEX audit_of_flows ON audit_log (seq, json_extract(refs, '$.flow'), json_extract(refs, '$.run'))
  WHERE coalesce(json_extract(refs, '$.flow'), json_extract(refs, '$.run')) IS NOT NULL;
`,
}
