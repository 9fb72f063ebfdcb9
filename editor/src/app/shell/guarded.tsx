import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { isLoadProblem } from '../../ui/on-demand.tsx'
import { useSession } from '../api/index.ts'
import { needTexts, type TextPart } from '../i18n/index.ts'
import { ScreenClosed, ScreenLoading, ScreenUnreached } from './ScreenStates.tsx'
import { allScreens, mayOpen, type Screen } from './screens.ts'

type Params = Readonly<Record<string, string | undefined>>

/** A screen in its own chunk, with its words, shown to those who may see it; parameters of the address become its props. */
export function guarded<Props extends object>(
  id: Screen['id'],
  load: () => Promise<ComponentType<Props>>,
  propsOf: (params: Params) => Props,
  texts: readonly TextPart[] = ['screens'],
): () => React.ReactNode {
  const Loaded = lazy(async () => {
    try {
      const [screen] = await Promise.all([load(), needTexts(...texts)])
      return { default: screen }
    } catch (problem) {
      if (!isLoadProblem(problem)) throw problem
      return { default: () => <ScreenUnreached screen={id} /> }
    }
  })
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
