/** What the worker fetches for later leaves the line and the machine to the first screen. */
const registerAfterMs = 4_000

/** The worker that keeps the app's shell and the task list for the time without a network. Absent on plain http. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    // A browser that refuses (private window, policy) works on without it.
    setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => undefined), registerAfterMs)
  })
}
