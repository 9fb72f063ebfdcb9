import type { RunStatus } from '@sluice/engine/core'
import type { Door } from '../door.ts'
import type { RunView } from '../hosts/sqlite/index.ts'

const ended: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled'])

const settled = (status: RunStatus) => ended.has(status) || status === 'incident'

/**
 * The run once it has ended, or null: when the time is over, or when it stands still for an operator, which no caller wants to wait
 * for. Listens to the feed instead of asking again and again.
 */
export function waitForRun({ engine }: Pick<Door, 'engine'>, run: string, ms: number): Promise<RunView | null> {
  const look = () => {
    const view = engine.reader.runs.find(run)
    return view !== null && ended.has(view.status) ? view : null
  }
  return new Promise((settle) => {
    const finish = (view: RunView | null) => {
      clearTimeout(timer)
      stop()
      settle(view)
    }
    const timer = setTimeout(() => finish(look()), ms)
    const stop = engine.onFeed((items) => {
      if (items.some((item) => item.kind === 'run' && item.run === run && settled(item.status))) finish(look())
    })
    // It may have come so far before anybody listened.
    const now = engine.reader.runs.find(run)
    if (now !== null && settled(now.status)) finish(look())
  })
}
