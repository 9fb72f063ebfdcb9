import { type ComponentType, lazy, Suspense, useState } from 'react'

export type OnDemand<Props> = ComponentType<Props> & {
  /** Loads ahead, so that the first use need not wait. */
  warm(): Promise<unknown>
}

/** A component that loads with its first use. @example `const QuickAdd = onDemand(async () => (await import('./QuickAdd.tsx')).QuickAdd)` */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let here: ComponentType<Props> | null = null
  let coming: Promise<ComponentType<Props>> | null = null
  const once = () => {
    coming ??= load().then(
      (component) => {
        here = component
        return component
      },
      (problem: unknown) => {
        // A connection that failed once may be there the next time.
        coming = null
        throw problem
      },
    )
    return coming
  }
  const Late = lazy(async () => ({ default: await once() }))
  function OnDemandPart(props: Props) {
    // What is here already is drawn at once; which of the two it was must not change while it is on the screen.
    const [Part] = useState<ComponentType<Props>>(() => here ?? Late)
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    )
  }
  return Object.assign(OnDemandPart, { warm: once })
}
