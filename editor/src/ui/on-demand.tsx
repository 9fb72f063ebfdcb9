import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { useT } from '../app/i18n/index.ts'
import { Button } from './Button.tsx'

export type OnDemand<Props> = ComponentType<Props> & {
  /** Loads ahead, so that the first use need not wait. */
  warm(): Promise<unknown>
}

/** A component that loads with its first use. @example `const QuickAdd = onDemand(async () => (await import('./QuickAdd.tsx')).QuickAdd)` */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let here: ComponentType<Props> | null = null
  let coming: Promise<ComponentType<Props>> | null = null
  const once = () => {
    coming ??= mendStyles()
      .then(load)
      .then(
        (component) => {
          here = component
          return component
        },
        (problem: unknown) => {
          // A connection that failed once may be there the next time.
          coming = null
          hasLost = true
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
  function Guarded(props: Props) {
    const [tries, setTries] = useState(0)
    const again = () =>
      void once().then(
        () => setTries(tries + 1),
        () => undefined,
      )
    return (
      <LoadBoundary key={tries} missing={<Missing onRetry={again} />}>
        <OnDemandPart {...props} />
      </LoadBoundary>
    )
  }
  return Object.assign(Guarded, { warm: once })
}

let hasLost = false

/** A style sheet that could not be fetched is never asked for again by the loader, and its part would come without its looks. */
async function mendStyles(): Promise<void> {
  if (!hasLost) return
  hasLost = false
  const lost = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].filter(({ sheet }) => sheet === null)
  await Promise.all(
    lost.map(
      (link) =>
        new Promise<void>((done) => {
          const again = document.createElement('link')
          again.rel = 'stylesheet'
          again.href = link.href
          again.onload = () => done()
          again.onerror = () => {
            hasLost = true
            done()
          }
          link.replaceWith(again)
        }),
    ),
  )
}

/** A part that could not be fetched, without a network for instance, must not take the screen around it away. */
class LoadBoundary extends Component<{ readonly missing: ReactNode; readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(problem: unknown): { readonly failed: boolean } {
    if (!isLoadProblem(problem)) throw problem
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.missing : this.props.children
  }
}

/** What browsers throw when a script cannot be fetched; anything else is a fault of the part itself. */
export function isLoadProblem(problem: unknown): boolean {
  return problem instanceof Error && /dynamically imported module|importing a module|preload/i.test(problem.message)
}

function Missing({ onRetry }: { readonly onRetry: () => void }) {
  const t = useT()
  return (
    <p role="alert">
      {t('app.part.missing')} <Button onPress={onRetry}>{t('app.retry')}</Button>
    </p>
  )
}
