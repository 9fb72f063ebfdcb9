import './ui/tokens.css'
import './ui/base.css'
import './ui/first-frame.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { queryClient, sessionQuery, whenSignedOut } from './app/api/index.ts'
import { installKeyboard } from './app/commands/index.ts'
import { firstScreen } from './app/first-screen.ts'
import { preferredLanguage, switchLanguage } from './app/i18n/index.ts'
import { tellLostParts } from './app/lost-parts.ts'
import { whenNavigating } from './app/navigate.ts'
import { registerWorker } from './app/offline/register-worker.ts'
import { router } from './app/router.tsx'
import { preferredTheme, switchTheme } from './app/theme.ts'
import { isLoadProblem } from './ui/on-demand.tsx'

/** A new release took away files this page still names: load it anew, but never in a circle. */
const reloadGapMs = 30_000
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('sluice.reloaded') ?? 0)
  if (Date.now() - last < reloadGapMs) return
  // Without a network, or while the server restarts, nothing is wrong with the release: loading anew would only take the page away.
  // Ready, not live: until its very end a stopping server says over a kept connection that it lives.
  void fetch('/health/ready', { cache: 'no-store' }).then(
    ({ ok }) => {
      if (!ok) return
      sessionStorage.setItem('sluice.reloaded', String(Date.now()))
      location.reload()
    },
    () => undefined,
  )
})

/** The few who see the page in the colours of their system need what nobody else has to fetch. */
const forced = matchMedia('(forced-colors: active)')
const paint = () => {
  if (forced.matches) void import('./ui/forced-colors.css').catch(() => undefined)
}
forced.addEventListener('change', paint)
paint()

switchTheme(preferredTheme())
registerWorker()
installKeyboard(window)
tellLostParts(window)
whenNavigating((href, options) => void router.navigate({ href, ...(options?.replace === true && { replace: true }) }))
whenSignedOut(() => {
  queryClient.setQueryData(sessionQuery.queryKey, null)
  const { href, pathname } = router.state.location
  if (pathname !== '/sign-in' && pathname !== '/setup') {
    void router.navigate({ to: '/sign-in', search: { to: href, why: 'expired' } })
  }
})

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')
// Both at once: neither needs the other before the first drawing.
await Promise.all([switchLanguage(preferredLanguage()), firstScreen(router)])
// What could not be fetched says so where it would stand; any other fault is one for the console.
const onCaughtError = (problem: unknown) => isLoadProblem(problem) || console.error(problem)
createRoot(place, { onCaughtError }).render(<App />)
