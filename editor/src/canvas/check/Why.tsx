import type { Problem } from '@sluice/flows'
import { useT } from '../../app/i18n/index.ts'
import { reasonOf } from './reasons.ts'

/** Behind the place of a problem. */
export function Why({ problem }: { readonly problem: Problem }) {
  const t = useT()
  return <span data-why>{` · ${t(`reasons.${reasonOf(problem)}`)}`}</span>
}
