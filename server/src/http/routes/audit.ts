import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import { refuse } from '../errors/refusal.ts'
import { limitOf, numberCursorOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'

const AuditQuery = Type.Object(
  {
    kind: Type.Optional(Type.String({ maxLength: 100 })),
    customer: Type.Optional(Type.String({ maxLength: 200 })),
    actor: Type.Optional(Type.String({ maxLength: 200 })),
    purpose: Type.Optional(Type.String({ maxLength: 100 })),
    /** What was done with the flow, and with its runs. */
    flow: Type.Optional(Type.String({ maxLength: 64 })),
    /** Id of a receipt or of a consent record. */
    record: Type.Optional(Type.String({ maxLength: 200 })),
    ...pageQuery,
  },
  { additionalProperties: false },
)

/** The tamper-evident log: list, check, and the proof that one entry is in it. */
export function auditRoutes(door: Door): readonly ServerRoute[] {
  const { audit } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/audit',
      summary: 'Audit entries, newest first; by kind, person, customer, purpose and flow',
      tag: 'audit',
      query: AuditQuery,
      handle({ query }) {
        const { kind, customer, actor, purpose, flow, record } = query
        const cursor = numberCursorOf(query)
        const { items, next } = audit.list({
          ...(kind === undefined ? {} : { kind }),
          ...(customer === undefined ? {} : { customer }),
          ...(actor === undefined ? {} : { actor }),
          ...(purpose === undefined ? {} : { purpose }),
          ...(flow === undefined ? {} : { flow }),
          ...(record === undefined ? {} : { record }),
          ...limitOf(query),
          ...(cursor === undefined ? {} : { cursor }),
        })
        return { body: { items, next: next === null ? null : String(next) } }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/audit/verify',
      summary: 'Walks the whole chain and names the first entry that does not fit',
      tag: 'audit',
      handle: () => ({ body: audit.verify() }),
    },
    {
      method: 'GET',
      url: '/api/v1/audit/proof/:seq',
      summary: 'Proof that this entry is in the log (RFC 6962 inclusion proof)',
      tag: 'audit',
      handle({ params: { seq = '' } }) {
        const proof = /^\d{1,15}$/.test(seq) ? audit.proof(Number(seq)) : null
        if (proof === null) throw refuse('SLU_AUDIT_UNKNOWN')
        return { body: proof }
      },
    },
  ]
}
