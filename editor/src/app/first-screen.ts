import type { AnyRouter } from '@tanstack/react-router'

/** Whoever waits longer sees the frame meanwhile. */
const waitMsMax = 2_000

/**
 * Until the screen of the address is here, with who is signed in and with what it says it begins with. Its files are on their way
 * already, named in the page, so the frame and the screen are drawn once and together, instead of the frame, its waiting face, and
 * both again as each thing comes.
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
  const match = router.state.matches.at(-1)
  const component: unknown = match === undefined ? undefined : router.routesById[match.routeId]?.options.component
  if (hasWarm(component)) await component.warm(match?.params ?? {})
}

function hasWarm(component: unknown): component is { warm(params: object): Promise<unknown> } {
  return typeof component === 'function' && 'warm' in component && typeof component.warm === 'function'
}
