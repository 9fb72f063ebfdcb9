import type { JsonObject } from '@sluice/flows'
import type { Moment } from './moment.ts'

interface Decided {
  readonly name: string | null
  readonly when: unknown
  readonly holds: boolean
}

/** Null: this step decides in another way. */
export function decidedBy({ step }: Pick<Moment, 'step'>, why: JsonObject): readonly Decided[] | null {
  if (step === undefined) return null
  if (step.type === 'core.branch' && typeof why.condition === 'boolean')
    return [{ name: null, when: step.config?.when, holds: why.condition }]
  if (step.type !== 'core.switch' || why.rule === undefined) return null
  const rules = Array.isArray(step.config?.rules) ? step.config.rules : []
  const last = typeof why.rule === 'number' ? why.rule : rules.length
  return rules.slice(0, last).map((rule, index) => {
    const { when, port } = (rule ?? {}) as { readonly when?: unknown; readonly port?: unknown }
    return { name: `${index + 1} ${String(port ?? '')}`.trim(), when, holds: index + 1 === why.rule }
  })
}
