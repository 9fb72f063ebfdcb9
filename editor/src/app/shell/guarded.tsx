import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { useSession } from '../api/index.ts'
import { ScreenClosed, ScreenLoading } from './ScreenStates.tsx'
import { allScreens, mayOpen, type Screen } from './screens.ts'

type Params = Readonly<Record<string, string | undefined>>

/** A screen in its own chunk, shown to those who may see it; parameters of the address become its props. */
export function guarded<Props extends object>(
  id: Screen['id'],
  load: () => Promise<ComponentType<Props>>,
  propsOf: (params: Params) => Props,
): () => React.ReactNode {
  const Loaded = lazy(async () => ({ default: await load() }))
  // Called once per route when the module loads, never while rendering.
  return function GuardedScreen() {
    const params: Params = useParams({ strict: false })
    const permissions = useSession()?.user.permissions ?? []
    const screen = allScreens.find((each) => each.id === id)
    if (screen !== undefined && !mayOpen(screen, permissions)) return <ScreenClosed screen={screen.id} />
    return (
      <Suspense fallback={<ScreenLoading />}>
        <Loaded {...propsOf(params)} />
      </Suspense>
    )
  }
}
