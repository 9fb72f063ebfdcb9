import type { FlowDefinition } from '@sluice/flows'
import { type ComponentType, useEffect, useState } from 'react'
import { needTexts } from '../../app/i18n/index.ts'

type Part = ComponentType<{ readonly file: FlowDefinition }>

const waitMs = 150
const againMs = 5_000

/** What several people on one flow need; fetched once the drawing stands, and again when it could not be had. Until then saving works alone. */
export function useTogether(): Part | null {
  const [part, setPart] = useState<{ readonly Part: Part } | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isHere = true
    const load = () =>
      Promise.all([import('../../together/Together.tsx'), needTexts('together')]).then(
        ([{ Together }]) => isHere && setPart({ Part: Together }),
        () => {
          timer = setTimeout(load, againMs)
        },
      )
    timer = setTimeout(load, waitMs)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [])
  return part?.Part ?? null
}
