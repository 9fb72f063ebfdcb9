import {
  checkSchema,
  fieldName,
  type Json,
  type JsonObject,
  propertySchema,
  type Schema,
  say,
  type Text,
  withDefaults,
} from '@sluice/flows'
import type { Evaluated } from './compile-expression.ts'
import { buildConfig, type ConfigPart, type ConfigPlan, type ConfigProblem, planConfig, type Slot } from './config-plan.ts'
import { type References, summed } from './references.ts'
import type { Scope } from './scope.ts'

/** Why a step's config could not be worked out. A retry cannot help: the same data gives the same answer. */
export interface ConfigError {
  readonly code: string
  /** English, for logs; holds no data. */
  readonly message: string
  readonly text: { readonly en: string; readonly 'zh-CN': string }
  /** JSON pointer into the config. */
  readonly path: string
  readonly terminal: true
}

export type Resolved = { readonly ok: true; readonly config: JsonObject } | { readonly ok: false; readonly error: ConfigError }

/** Results of the worker pool, by slot. */
export type Answers = Readonly<Record<string, Evaluated>>

export interface CompiledConfig {
  /** Everything can be resolved at once, in this thread. */
  readonly total: boolean
  /** The config holds no expression at all; `resolve` always gives the same object. */
  readonly fixed: boolean
  readonly references: References
  /** Defaults filled in, expressions as written. */
  readonly filled: JsonObject
  /** The config part by part, for analyses that follow single values. */
  readonly plan: ConfigPlan
  readonly problems: readonly ConfigProblem[]
  /** What the worker pool has to evaluate before `resolve` can answer. */
  readonly pending: readonly { readonly slot: string; readonly source: string }[]
  /** Evaluates what is total and takes the rest from `answers`. Never throws. */
  resolve(scope: Scope, answers?: Answers): Resolved
  resolveAsync(scope: Scope, evaluate: (source: string, scope: Scope) => Promise<Evaluated>): Promise<Resolved>
}

/**
 * Reads a node's config once, so that running the node only evaluates. `{% … %}` is an expression anywhere; fields of format `template`
 * hold `{{ … }}`; fields of format `expression` take bare JSONata too; `x-deferred` fields stay as written for the node to evaluate.
 */
export function compileConfig(schema: Schema, raw: JsonObject): CompiledConfig {
  const filled = withDefaults(schema, raw)
  const plan = planConfig(schema, filled)
  const pending = plan.slots.filter((slot) => slot.expression.kind !== 'total').map(pendingOf)
  const fixed = plan.slots.length === 0
  const [problem] = plan.problems
  const always: Resolved = problem === undefined ? { ok: true, config: filled } : failed(schema, problem)
  const resolve = (scope: Scope, answers: Answers = {}): Resolved =>
    fixed || problem !== undefined ? always : resolved(schema, plan.root, plan.slots, scope, answers)
  return {
    total: pending.length === 0,
    fixed,
    filled,
    plan,
    references: referencesIn(plan.slots),
    problems: plan.problems,
    pending,
    resolve,
    resolveAsync: async (scope, evaluate) => resolve(scope, await answersOf(pending, scope, evaluate)),
  }
}

function referencesIn(slots: readonly Slot[]): References {
  const [only] = slots
  if (only !== undefined && slots.length === 1) return only.expression.references
  return summed(slots.flatMap((slot) => slot.expression.references.reads))
}

function pendingOf(slot: Slot): { readonly slot: string; readonly source: string } {
  return { slot: slot.id, source: slot.expression.source }
}

async function answersOf(
  pending: CompiledConfig['pending'],
  scope: Scope,
  evaluate: (source: string, scope: Scope) => Promise<Evaluated>,
): Promise<Answers> {
  const answers = await Promise.all(pending.map(({ source }) => evaluate(source, scope)))
  return Object.fromEntries(pending.map(({ slot }, index) => [slot, answers[index] as Evaluated]))
}

function resolved(schema: Schema, root: ConfigPart, slots: readonly Slot[], scope: Scope, answers: Answers): Resolved {
  const values = new Map<string, Json | undefined>()
  for (const slot of slots) {
    const given = slot.expression.kind === 'total' ? undefined : answers[slot.id]
    const answer = given ?? slot.expression.evaluate(scope)
    if (!answer.ok) return failed(schema, { ...answer.error, path: slot.path })
    values.set(slot.id, answer.value)
  }
  const config = buildConfig(root, values) as JsonObject
  const [problem] = checkSchema(schema, config, { defaultsFill: true })
  return problem === undefined ? { ok: true, config } : failed(schema, { ...problem, code: 'SLU_CONFIG_INVALID' })
}

/** `message` keeps the path for logs and programs; `text` says the field as its form calls it. */
function failed(schema: Schema, problem: { readonly code: string; readonly message: Text; readonly path: string }): Resolved {
  const { code, message, path } = problem
  const text = { en: told(schema, path, message, 'en'), 'zh-CN': told(schema, path, message, 'zh-CN') }
  return { ok: false, error: { code, message: `${path === '' ? 'config' : path}: ${say(message, 'en')}`, text, path, terminal: true } }
}

function told(schema: Schema, path: string, message: Text, language: 'en' | 'zh-CN'): string {
  const says = say(message, language)
  const [, key = ''] = path.split('/')
  const field = say(fieldName(propertySchema(schema, key) ?? {}, key), language)
  if (field === '' || says.includes(language === 'en' ? `“${field}”` : `「${field}」`)) return says
  return language === 'en' ? `“${field}”: ${says}` : `「${field}」：${says}`
}
