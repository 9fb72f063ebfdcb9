import { useEffect, useState } from 'react'
import type { TimesSpec } from './times-spec.ts'

interface Counted {
  readonly spec: TimesSpec
  readonly dues: readonly number[]
}

/** When a schedule comes next, counted in a worker; null until it has answered for this schedule once. */
export function useNextTimes(spec: TimesSpec, now: number): readonly number[] | null {
  const [worker, setWorker] = useState<Worker | null>(null)
  const [counted, setCounted] = useState<Counted | null>(null)
  useEffect(() => {
    const made = new Worker(new URL('./times.worker.ts', import.meta.url), { type: 'module' })
    setWorker(made)
    return () => made.terminate()
  }, [])
  useEffect(() => {
    if (worker === null) return
    const id = Math.random()
    const take = ({ data }: MessageEvent<{ readonly id: number; readonly dues: readonly number[] }>) => {
      if (data.id === id) setCounted({ spec, dues: data.dues })
    }
    worker.addEventListener('message', take)
    worker.postMessage({ id, spec, now })
    return () => worker.removeEventListener('message', take)
  }, [worker, spec, now])
  return counted?.spec === spec ? counted.dues : null
}
