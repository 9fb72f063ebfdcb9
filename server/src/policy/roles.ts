import { words } from '@sluice/sdk'
import type { Permission } from '@sluice/sdk/server'

type Words = { readonly en: string; readonly 'zh-CN': string }
export interface RoleDefinition {
  readonly label: Words
  /** `public` and `self` belong to everybody and are not listed. */
  readonly may: readonly Permission[]
}

/** All that can be given to a role. */
export const everything: readonly Permission[] = [
  'flows.read',
  'flows.write',
  'flows.publish',
  'flows.comment',
  'flows.block',
  'runs.read',
  'runs.own',
  'runs.start',
  'runs.act',
  'events.write',
  'tasks.read',
  'tasks.answer',
  'customers.read',
  'customers.write',
  'customers.import',
  'consents.read',
  'consents.write',
  'withdrawals.read',
  'alerts.read',
  'messages.read',
  'audit.read',
  'data.reveal',
  'users.manage',
  'tokens.manage',
  'settings.read',
  'settings.write',
  'system.operate',
]

const allRuns: readonly Permission[] = ['runs.read', 'runs.own']
const watching: readonly Permission[] = ['flows.read', 'flows.comment', ...allRuns, 'withdrawals.read', 'alerts.read', 'messages.read']
const serving: readonly Permission[] = ['tasks.read', 'tasks.answer', 'customers.read', 'consents.read']

const selling: readonly Permission[] = [
  ...serving,
  'runs.own',
  'customers.write',
  'consents.write',
  'withdrawals.read',
  'alerts.read',
  'messages.read',
]

/** What each role may do. A person or token with several roles may do what any of them may. */
export const roles = {
  admin: { label: words('Admin', '管理员'), may: everything },
  analyst: {
    label: words('Business analyst', '业务分析师'),
    may: [
      ...watching,
      ...serving,
      'flows.write',
      'flows.publish',
      'flows.block',
      'runs.start',
      'runs.act',
      'events.write',
      'settings.read',
    ],
  },
  developer: {
    label: words('Developer', '开发者'),
    may: ['flows.read', 'flows.write', 'flows.comment', ...allRuns, 'runs.start', 'events.write', 'settings.read'],
  },
  rep: { label: words('Sales rep', '销售顾问'), may: selling },
  /** Sees their own customers and those of the reps they lead. */
  manager: { label: words('Sales manager', '销售主管'), may: selling },
  director: { label: words('Director', '总监'), may: [...watching, ...serving] },
  consent_manager: {
    label: words('Consent manager', '授权经理'),
    may: [...watching, ...serving, 'flows.block', 'consents.write', 'audit.read', 'data.reveal'],
  },
  legal: { label: words('Legal', '法务'), may: [...watching, ...serving, 'flows.block', 'audit.read', 'data.reveal'] },
  operator: {
    label: words('Operator', '运维'),
    may: [
      'flows.read',
      'flows.comment',
      'flows.block',
      ...allRuns,
      'runs.act',
      'withdrawals.read',
      'alerts.read',
      'audit.read',
      'settings.read',
      'system.operate',
    ],
  },
  sender: { label: words('Event sender (for tokens)', '事件发送方(用于令牌)'), may: ['events.write'] },
} satisfies { readonly [role: string]: RoleDefinition }

export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as readonly Role[]

function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name)
}

/** Everything these roles may; a name that is no role (any more) gives nothing. */
export function permissionsOf(names: readonly string[]): ReadonlySet<Permission> {
  return new Set<Permission>(['public', 'self', ...names.filter(isRole).flatMap((name) => roles[name].may)])
}
