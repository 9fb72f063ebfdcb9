import { useParams } from '@tanstack/react-router'
import { type ComponentType, useLayoutEffect, useState } from 'react'
import { isLoadProblem } from '../../ui/on-demand.tsx'
import { queryClient, sessionQuery, useSession } from '../api/index.ts'
import { needTexts, type TextPart } from '../i18n/index.ts'
import { ScreenClosed, ScreenLoading, ScreenUnreached } from './ScreenStates.tsx'
import { allScreens, mayOpen, type Screen } from './screens.ts'

type Params = Readonly<Record<string, string | undefined>>

export interface Guarded {
  (): React.ReactNode
  /** Fetches the screen for whoever may see it, so that it is there when it is first drawn. */
  warm(params: Params): Promise<unknown>
}

/** A screen that says what it has to have read before it is worth drawing. */
type Warmed<Props> = ComponentType<Props> & { readonly warm?: (props: Props) => Promise<unknown> }

/** A screen in its own chunk, with its words, shown to those who may see it; parameters of the address become its props. */
export function guarded<Props extends object>(
  id: Screen['id'],
  load: () => Promise<Warmed<Props>>,
  propsOf: (params: Params) => Props,
  texts: readonly TextPart[] = ['screens'],
): Guarded {
  let here: Warmed<Props> | null = null
  let coming: Promise<Warmed<Props>> | null = null
  const once = () => {
    coming ??= Promise.all([load(), needTexts(...texts)]).then(
      ([screen]) => {
        here = screen
        return screen
      },
      (problem: unknown) => {
        if (!isLoadProblem(problem)) throw problem
        return () => <ScreenUnreached screen={id} />
      },
    )
    return coming
  }
  // Waited for in a state of its own: what React's own waiting shows in between it keeps for 300 ms, however fast the screen comes.
  function useLoaded(mayOpenIt: boolean): ComponentType<Props> | null {
    const [loaded, setLoaded] = useState(() => here)
    useLayoutEffect(() => {
      if (loaded !== null || !mayOpenIt) return
      let isWanted = true
      once().then(
        (screen) => isWanted && setLoaded(() => screen),
        (problem: unknown) =>
          isWanted &&
          setLoaded(() => {
            throw problem
          }),
      )
      return () => {
        isWanted = false
      }
    }, [loaded, mayOpenIt])
    return loaded
  }
  const screen = allScreens.find((each) => each.id === id)
  const closedTo = (permissions: readonly string[]) => screen !== undefined && !mayOpen(screen, permissions)
  // Called once per route when the module loads, never while rendering.
  function GuardedScreen() {
    const params: Params = useParams({ strict: false })
    const isClosed = closedTo(useSession()?.user.permissions ?? [])
    const Loaded = useLoaded(!isClosed)
    if (isClosed) return <ScreenClosed screen={id} />
    return Loaded === null ? <ScreenLoading /> : <Loaded {...propsOf(params)} />
  }
  const warm = async (params: Params) => {
    const session = queryClient.getQueryData(sessionQuery.queryKey)
    if (session === undefined || session === null || closedTo(session.user.permissions)) return
    await (await once()).warm?.(propsOf(params))
  }
  return Object.assign(GuardedScreen, { warm })
}
