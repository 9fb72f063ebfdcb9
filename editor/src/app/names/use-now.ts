import { useEffect, useState } from 'react'

/** The time, refreshed at this pace; for clocks people watch. */
export function useNow(paceMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), paceMs)
    return () => clearInterval(timer)
  }, [paceMs])
  return now
}
