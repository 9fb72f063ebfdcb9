import { flaw, isExpression, type JsonObject, type Problem } from '@sluice/sdk'

/** Roles of the product whose people may answer tasks; `server/test/permissions.test.ts` compares them with the permissions. */
export const answeringRoles: readonly string[] = ['admin', 'analyst', 'rep', 'manager', 'director', 'consent_manager', 'legal']

/** Settings that say whom a step asks. */
const addressFields = ['assignee', 'approver', 'reviewer', 'director', 'together', 'next', 'escalateTo', 'ifNobody'] as const

/** Addresses that are written down and that nobody answers to. What an expression names is known only when it runs. */
export function checkAddresses(config: JsonObject): readonly Problem[] {
  return addressFields.flatMap((field) => {
    const value = config[field]
    if (typeof value === 'string') return checkAddress(value, `/${field}`)
    return Array.isArray(value) ? value.flatMap((one, index) => checkAddress(one, `/${field}/${index}`)) : []
  })
}

/** A bare name may be a person, a rep or a role: which of them there are is data of the workspace. */
function checkAddress(value: unknown, path: string): readonly Problem[] {
  const [, role] = typeof value === 'string' && !isExpression(value) ? (/^\s*role:(.*\S)\s*$/.exec(value) ?? []) : []
  if (role === undefined || answeringRoles.includes(role)) return []
  const roles = answeringRoles.join(', ')
  return [
    flaw(
      'SLU_TASK_ADDRESS',
      path,
      `Nobody with the role “${role}” answers tasks, so this one would wait for nobody. Roles that do: ${roles}.`,
      `没有角色“${role}”的人可以处理待办，该待办将无人处理。可用的角色：${roles}。`,
      'warning',
    ),
  ]
}
