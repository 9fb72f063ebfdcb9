import type { Json } from '@sluice/flows'
import { useEffect, useMemo, useState } from 'react'
import { useFlow } from '../../canvas/flow-editor.ts'
import { scopeOfRun } from '../data/sample.ts'
import { useScope } from '../data/scope-context.ts'
import { useRecentRuns } from '../data/use-recent.ts'
import { preview } from '../expression/preview.ts'
import type { RuleRow } from './rule.ts'
import { rowText } from './to-expression.ts'

export interface Answer {
  readonly holds: boolean
  readonly actual: Json | undefined
}

const idleMs = 150

/** Whether each row holds on the sample shown, and what stands there. */
export function useAnswers(rows: readonly RuleRow[]): readonly (Answer | null)[] {
  const { scope } = useScope()
  const [answers, setAnswers] = useState<readonly (Answer | null)[]>([])
  const key = JSON.stringify(rows)
  useEffect(() => {
    if (scope === null) {
      setAnswers([])
      return
    }
    let isHere = true
    const asked = JSON.parse(key) as readonly RuleRow[]
    const timer = setTimeout(async () => {
      const found = await Promise.all(
        asked.map(async (row): Promise<Answer | null> => {
          if (row.path === '') return null
          const [holds, actual] = await Promise.all([preview('expression', rowText(row), scope), preview('expression', row.path, scope)])
          return { holds: holds.ok && holds.value === true, actual: actual.ok ? actual.value : undefined }
        }),
      )
      if (isHere) setAnswers(found)
    }, idleMs)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [key, scope])
  return answers
}

/** How many of the latest runs that came to this step the condition holds for; null while it is not known. */
export function useMatches(source: string): { readonly matched: number; readonly count: number } | null {
  const { step } = useScope()
  const doc = useFlow((state) => state.doc)
  const recent = useRecentRuns(step !== '')
  const scopes = useMemo(() => recent.flatMap(({ run, journal }) => scopeOfRun(run, journal, step, doc) ?? []), [recent, step, doc])
  const [found, setFound] = useState<{ readonly matched: number; readonly count: number } | null>(null)
  useEffect(() => {
    if (scopes.length === 0 || source.trim() === '') {
      setFound(null)
      return
    }
    let isHere = true
    const timer = setTimeout(async () => {
      const answers = await Promise.all(scopes.map((scope) => preview('expression', source, scope)))
      const matched = answers.filter((answer) => answer.ok && isTrue(answer.value)).length
      if (isHere) setFound({ matched, count: answers.length })
    }, 2 * idleMs)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [scopes, source])
  return found
}

/** As steps see it: JSONata's `$boolean`. A rule gives true or false; what was written by hand may give more. */
function isTrue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((each) => isTrue(each as Json))
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}
