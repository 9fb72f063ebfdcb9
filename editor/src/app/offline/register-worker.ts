/** The worker that keeps the app's shell and the task list for the time without a network. Absent on plain http. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    // A browser that refuses (private window, policy) works on without it.
    navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  })
}
