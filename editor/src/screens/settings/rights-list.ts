/** What the roles may do, in the order people look for it. `server/src/policy/roles.ts` says who may. */
export const rightGroups = [
  { id: 'flows', rights: ['flows.read', 'flows.write', 'flows.publish', 'flows.comment', 'flows.block'] },
  { id: 'runs', rights: ['runs.read', 'runs.own', 'runs.start', 'runs.act', 'events.write'] },
  {
    id: 'customers',
    rights: ['customers.read', 'customers.write', 'customers.import', 'consents.read', 'consents.write', 'withdrawals.read'],
  },
  { id: 'work', rights: ['tasks.read', 'tasks.answer', 'alerts.read', 'messages.read'] },
  { id: 'govern', rights: ['audit.read', 'data.reveal'] },
  { id: 'settings', rights: ['users.manage', 'tokens.manage', 'settings.read', 'settings.write', 'system.operate'] },
] as const

export type Right = (typeof rightGroups)[number]['rights'][number]
export const rights: readonly Right[] = rightGroups.flatMap((group): readonly Right[] => group.rights)

export function isRight(value: string | undefined): value is Right {
  return rights.some((right) => right === value)
}
