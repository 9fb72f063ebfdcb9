import {
  BellRing,
  CircleUserRound,
  ClipboardCheck,
  History,
  LayoutTemplate,
  type LucideIcon,
  MessageSquareText,
  ScrollText,
  Settings,
  ShieldOff,
  Workflow,
} from 'lucide-react'
import type { MessageId } from '../i18n/index.ts'

export interface Screen {
  readonly id: 'tasks' | 'alerts' | 'customers' | 'flows' | 'templates' | 'runs' | 'messages' | 'withdrawals' | 'audit' | 'settings'
  readonly href: string
  readonly icon: LucideIcon
  /** Shown to those who have one of these. */
  readonly permissions: readonly string[]
}

export interface ScreenGroup {
  readonly id: 'work' | 'build' | 'run' | 'govern'
  readonly screens: readonly Screen[]
}

/** The left rail (EDITOR.md §3); groups appear when they have a screen. */
export const screenGroups: readonly ScreenGroup[] = [
  {
    id: 'work',
    screens: [
      { id: 'tasks', href: '/tasks', icon: ClipboardCheck, permissions: ['tasks.read'] },
      { id: 'alerts', href: '/alerts', icon: BellRing, permissions: ['alerts.read'] },
      { id: 'customers', href: '/customers', icon: CircleUserRound, permissions: ['customers.read'] },
    ],
  },
  {
    id: 'build',
    screens: [
      { id: 'flows', href: '/flows', icon: Workflow, permissions: ['flows.read'] },
      { id: 'templates', href: '/templates', icon: LayoutTemplate, permissions: ['flows.write', 'settings.write'] },
    ],
  },
  {
    id: 'run',
    screens: [
      { id: 'runs', href: '/runs', icon: History, permissions: ['runs.own'] },
      { id: 'messages', href: '/messages', icon: MessageSquareText, permissions: ['messages.read'] },
    ],
  },
  {
    id: 'govern',
    screens: [
      { id: 'withdrawals', href: '/withdrawals', icon: ShieldOff, permissions: ['withdrawals.read'] },
      { id: 'audit', href: '/audit', icon: ScrollText, permissions: ['audit.read'] },
    ],
  },
]

export const settingsScreen: Screen = { id: 'settings', href: '/settings/profile', icon: Settings, permissions: [] }
export const allScreens: readonly Screen[] = [...screenGroups.flatMap((group) => group.screens), settingsScreen]

export function mayOpen(screen: Screen, permissions: readonly string[]): boolean {
  return screen.permissions.length === 0 || screen.permissions.some((permission) => permissions.includes(permission))
}

export function screenTitle(id: Screen['id']): MessageId {
  return `app.screen.${id}`
}

/** Builders start at their flows, everyone else at their work. */
export function homeOf(permissions: readonly string[]): string {
  if (permissions.includes('flows.write')) return '/flows'
  const first = allScreens.find((screen) => mayOpen(screen, permissions))
  return first?.href ?? settingsScreen.href
}
