import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { needTexts } from '../i18n/index.ts'

/** Nobody asked for it, so nobody is told when it cannot be fetched. */
const Bell = lazy(
  (): Promise<{ readonly default: ComponentType }> =>
    Promise.all([import('./NoticesBell.tsx'), needTexts('notices')]).then(
      ([part]) => ({ default: part.NoticesBell }),
      () => ({ default: () => null }),
    ),
)
const afterMs = 1_200

/** The bell comes once the screen stands: nobody's first moment waits for it. */
export function Notices() {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs)
    return () => clearTimeout(timer)
  }, [])
  return isDue ? (
    <Suspense fallback={null}>
      <Bell />
    </Suspense>
  ) : null
}
