import { type Caller, problem } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { makeCaller } from '../../auth/caller.ts'
import { users } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { everything, permissionsOf, roleNames } from '../../policy/roles.ts'
import { refuse } from '../errors/refusal.ts'
import type { ServerRoute } from '../route.ts'

const PolicyTest = Type.Object(
  {
    /** `user:` and the id of a person, or `role:` and a role. */
    as: Type.String({ pattern: '^(user|role):.+$', maxLength: 200 }),
    permission: Type.Union(everything.map((permission) => Type.Literal(permission))),
    /** Also: which of this customer's fields that person sees. A role alone has no customers of its own. */
    customer: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  },
  { additionalProperties: false },
)

/** Asks the policy itself, with the very caller a request of that person would have. No value is told. */
export function policyRoutes(door: Door): readonly ServerRoute[] {
  return [
    {
      method: 'POST',
      url: '/api/v1/policies/test',
      summary: 'What a person or a role would be answered: whether they may, by which role, and which fields of a customer they see',
      tag: 'users',
      body: PolicyTest,
      remembersAnswers: false,
      handle({ body, caller }) {
        const { as, permission, customer } = body as Static<typeof PolicyTest>
        const { isActive, asked } = callerOf(door, as)
        const by = roleNames.filter((role) => permissionsOf([role]).has(permission))
        if (customer !== undefined && door.sight(caller).fields(customer) === null)
          throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${customer}`)
        return {
          body: {
            allowed: isActive && asked.may(permission),
            active: isActive,
            roles: asked.roles.filter((role) => by.some((each) => each === role)),
            /** Every role that may. */
            by,
            customer: customer === undefined || as.startsWith('role:') ? null : seenBy(door, asked, customer, isActive),
          },
        }
      },
    },
  ]
}

function callerOf(door: Door, as: string): { readonly isActive: boolean; readonly asked: Caller } {
  const id = as.slice(as.indexOf(':') + 1)
  if (as.startsWith('role:')) {
    if (!roleNames.some((role) => role === id)) throw refuse('SLU_ROLE_UNKNOWN', { values: { known: roleNames.join(', ') } })
    return { isActive: true, asked: makeCaller({ actor: { kind: 'user', id: '' }, name: '', roles: [id], rep: null }) }
  }
  const user = door.engine.reader.records.find(users, { id })
  if (user === null) throw refuse('SLU_USER_UNKNOWN')
  const { name, roles, rep, active } = user
  return { isActive: active, asked: makeCaller({ actor: { kind: 'user', id }, name, roles, rep }) }
}

/** Nothing is known to whoever may not read customers. */
function seenBy(door: Door, asked: Caller, customer: string, isActive: boolean) {
  const fields = isActive && asked.may('customers.read') ? door.sight(asked).fields(customer) : null
  return { known: fields !== null, fields: fields ?? [] }
}
