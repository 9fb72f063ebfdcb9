import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { queryClient, sessionQuery, setupQuery } from './api/index.ts'
import { needTexts, useT } from './i18n/index.ts'
import { guarded } from './shell/guarded.tsx'
import { usePage } from './shell/page.ts'
import { ScreenBroken, ScreenLoading, ScreenMissing } from './shell/ScreenStates.tsx'
import { Shell } from './shell/Shell.tsx'
import { homeOf } from './shell/screens.ts'

type Search = Record<string, unknown>

/** Only these search parameters, as text. */
const only =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Search): { [Key in Name]?: string } => {
    const kept: { [Key in Name]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') kept[name] = String(value)
    }
    return kept
  }

/** Outside the frame, which brings the landmark for the others. */
function NowhereScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.problem.not-found') }] })
  return (
    <main>
      <ScreenMissing />
    </main>
  )
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NowhereScreen })

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', validateSearch: only('to', 'why') }).lazy(
  async () => (await Promise.all([import('../screens/sign-in/sign-in.lazy.tsx'), needTexts('entry')]))[0].Route,
)
const setup = createRoute({ getParentRoute: () => root, path: '/setup' }).lazy(
  async () => (await Promise.all([import('../screens/sign-in/setup.lazy.tsx'), needTexts('entry')]))[0].Route,
)

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: only('to'),
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (session?.user.firstRun !== true) throw redirect({ to: '/' })
  },
}).lazy(async () => {
  const [screen] = await Promise.all([import('../screens/welcome/welcome.lazy.tsx'), needTexts('guide', 'screens')])
  return screen.Route
})

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (session !== null) return
    const { needed } = await queryClient.ensureQueryData(setupQuery).catch(() => ({ needed: false }))
    if (needed) throw redirect({ to: '/setup' })
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
})
const inShell = { getParentRoute: () => shell } as const

const home = createRoute({
  ...inShell,
  path: '/',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (session?.user.firstRun === true) throw redirect({ to: '/welcome' })
    throw redirect({ href: homeOf(session?.user.permissions ?? []) })
  },
})

const none = () => ({})

const flows = createRoute({
  ...inShell,
  path: '/flows',
  validateSearch: only('query', 'state', 'folder', 'owner', 'new'),
  component: guarded('flows', async () => (await import('../screens/flows/FlowsScreen.tsx')).FlowsScreen, none, ['screens', 'flows']),
})
const flow = createRoute({
  ...inShell,
  path: '/flows/$key',
  component: guarded(
    'flows',
    async () => (await import('../screens/canvas/CanvasScreen.tsx')).CanvasScreen,
    ({ key = '' }) => ({ flowKey: key }),
    ['picture', 'builder'],
  ),
})
const templates = createRoute({
  ...inShell,
  path: '/templates',
  validateSearch: only('query'),
  component: guarded('templates', async () => (await import('../screens/templates/TemplatesScreen.tsx')).TemplatesScreen, none),
})
const flowDiff = createRoute({
  ...inShell,
  path: '/flows/$key/diff',
  validateSearch: only('a', 'b', 'moved'),
  component: guarded(
    'flows',
    async () => (await import('../screens/flow-diff/FlowDiffScreen.tsx')).FlowDiffScreen,
    ({ key = '' }) => ({ flowKey: key }),
    ['picture', 'diff'],
  ),
})
const runs = createRoute({
  ...inShell,
  path: '/runs',
  validateSearch: only('flow', 'state', 'subject', 'from', 'to', 'saved', 'view', 'withdrawal', 'ended'),
  component: guarded('runs', async () => (await import('../screens/runs/RunsScreen.tsx')).RunsScreen, none),
})
const run = createRoute({
  ...inShell,
  path: '/runs/$id',
  component: guarded(
    'runs',
    async () => (await import('../screens/run-replay/RunReplayScreen.tsx')).RunReplayScreen,
    ({ id = '' }) => ({ runId: id }),
    ['picture', 'replay', 'running'],
  ),
})
const TasksScreen = guarded(
  'tasks',
  async () => (await import('../screens/tasks/TasksScreen.tsx')).TasksScreen,
  ({ id }) => ({ taskId: id ?? null }),
)
const tasks = createRoute({ ...inShell, path: '/tasks', validateSearch: only('state'), component: TasksScreen })
const task = createRoute({ ...inShell, path: '/tasks/$id', validateSearch: only('state'), component: TasksScreen })
const alerts = createRoute({
  ...inShell,
  path: '/alerts',
  validateSearch: only('state', 'id'),
  component: guarded('alerts', async () => (await import('../screens/alerts/AlertsScreen.tsx')).AlertsScreen, none),
})
const customers = createRoute({
  ...inShell,
  path: '/customers',
  validateSearch: only('query'),
  component: guarded('customers', async () => (await import('../screens/customers/CustomersScreen.tsx')).CustomersScreen, none, [
    'screens',
    'customers',
  ]),
})
const customer = createRoute({
  ...inShell,
  path: '/customers/$id',
  validateSearch: only('tab'),
  component: guarded(
    'customers',
    async () => (await import('../screens/customers/CustomerScreen.tsx')).CustomerScreen,
    ({ id = '' }) => ({ customerId: id }),
    ['screens', 'customers'],
  ),
})
const withdrawals = createRoute({
  ...inShell,
  path: '/withdrawals',
  validateSearch: only('state'),
  component: guarded('withdrawals', async () => (await import('../screens/withdrawals/WithdrawalsScreen.tsx')).WithdrawalsScreen, none, [
    'screens',
    'customers',
  ]),
})
const withdrawal = createRoute({
  ...inShell,
  path: '/withdrawals/$id',
  component: guarded(
    'withdrawals',
    async () => (await import('../screens/withdrawals/WithdrawalScreen.tsx')).WithdrawalScreen,
    ({ id = '' }) => ({
      withdrawalId: id,
    }),
    ['screens', 'customers'],
  ),
})
const messages = createRoute({
  ...inShell,
  path: '/messages',
  validateSearch: only('state', 'customer'),
  component: guarded('messages', async () => (await import('../screens/messages/MessagesScreen.tsx')).MessagesScreen, none),
})
const audit = createRoute({
  ...inShell,
  path: '/audit',
  validateSearch: only('kind', 'customer', 'actor', 'purpose', 'flow', 'record'),
  component: guarded('audit', async () => (await import('../screens/audit/AuditScreen.tsx')).AuditScreen, none, ['screens', 'audit']),
})
const settings = createRoute({
  ...inShell,
  path: '/settings/$section',
  validateSearch: only('as', 'may', 'customer'),
  component: guarded(
    'settings',
    async () => (await import('../screens/settings/SettingsScreen.tsx')).SettingsScreen,
    ({ section = 'profile' }) => ({ section }),
    ['screens', 'settings'],
  ),
})
const settingsRoot = createRoute({
  ...inShell,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'profile' } })
  },
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    welcome,
    shell.addChildren([
      home,
      flows,
      flow,
      flowDiff,
      templates,
      runs,
      run,
      tasks,
      task,
      alerts,
      customers,
      customer,
      withdrawals,
      withdrawal,
      messages,
      audit,
      settings,
      settingsRoot,
    ]),
  ]),
  defaultPendingComponent: ScreenLoading,
  defaultErrorComponent: ScreenBroken,
  defaultNotFoundComponent: ScreenMissing,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
