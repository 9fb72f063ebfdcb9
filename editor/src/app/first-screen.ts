import type { AnyRouter } from '@tanstack/react-router'

/** Whoever waits longer sees the frame meanwhile. */
const waitMsMax = 2_000

/**
 * Until the screen of the address is here, with who is signed in. Its files are on their way already, named in the page, so the frame and
 * the screen are drawn once and together, instead of the frame, its waiting face, and both again as each thing comes.
 */
export async function firstScreen(router: AnyRouter): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const long = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMsMax)
  })
  // What fails here is told where the screen is drawn.
  await Promise.race([long, warm(router).catch(() => undefined)])
  clearTimeout(timer)
}

async function warm(router: AnyRouter): Promise<void> {
  await router.load()
  const { routeId } = router.state.matches.at(-1) ?? {}
  const component: unknown = routeId === undefined ? undefined : router.routesById[routeId]?.options.component
  if (hasWarm(component)) await component.warm()
}

function hasWarm(component: unknown): component is { warm(): Promise<unknown> } {
  return typeof component === 'function' && 'warm' in component && typeof component.warm === 'function'
}
