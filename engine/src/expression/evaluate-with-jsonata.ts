import type { JsonObject } from '@sluice/flows'
import jsonata from 'jsonata'
import { type Builtin, findBuiltin } from './builtins.ts'
import { cleanJson } from './clean-json.ts'
import type { Evaluated } from './compile-expression.ts'
import { type ExpressionError, errorOfThrown, expressionError } from './errors.ts'
import { finish } from './finish.ts'
import { expressionLimits } from './limits.ts'
import { LinearRegex } from './linear-regex.ts'
import { parseExpression, unmarked } from './parse.ts'
import { documentOf, type Scope } from './scope.ts'

export interface WorkerLimits {
  /** Time by the clock, so evaluations that share a thread share it too. */
  readonly timeoutMs?: number
}

/**
 * Evaluates any allowed expression with jsonata itself. It may take long: call it in the worker pool only, where a clock outside can
 * end the thread. Its own limits on time, depth and list length are the first line, not the last.
 */
export async function evaluateWithJsonata(text: string, scope: Scope, limits: WorkerLimits = {}): Promise<Evaluated> {
  return evaluateDocument(unmarked(text), documentOf(scope), scope.now, limits)
}

/** The same over any document. */
export async function evaluateDocument(source: string, document: JsonObject, now: number, limits: WorkerLimits = {}): Promise<Evaluated> {
  const prepared = prepare(source, limits.timeoutMs ?? expressionLimits.workerTimeoutMs)
  if (!prepared.ok) return prepared
  const cleaned = cleanJson(document)
  if (!cleaned.ok) return { ok: false, error: expressionError('SLU_EXPRESSION_REFUSED', cleaned.message) }
  try {
    return { ok: true, value: finish(await prepared.expression.evaluate(cleaned.value, recordedTime(now))) }
  } catch (thrown) {
    return { ok: false, error: errorOfThrown(thrown) }
  }
}

type Prepared = { readonly ok: true; readonly expression: jsonata.Expression } | { readonly ok: false; readonly error: ExpressionError }

const readings = new Map<string, Prepared>()
const readingsMax = 200

/** Reading costs ten times as much as most evaluations. Every evaluation has variables of its own, so many may share one reading. */
function prepare(source: string, timeout: number): Prepared {
  const key = `${timeout} ${source}`
  const known = readings.get(key)
  if (known !== undefined) return known
  const fresh = read(source, timeout)
  if (readings.size >= readingsMax) readings.clear()
  if (source.length <= expressionLimits.sourceCharsMax) readings.set(key, fresh)
  return fresh
}

function read(source: string, timeout: number): Prepared {
  const parsed = parseExpression(source)
  if (!parsed.ok) return parsed
  const { workerStackMax: stack, workerSequenceMax: sequence } = expressionLimits
  return { ok: true, expression: jsonata(source, { timeout, stack, sequence, RegexEngine: LinearRegex as unknown as RegExpConstructor }) }
}

/** `$now` and `$millis` give the recorded time; `$eval` is refused when parsed and gone here too. */
function recordedTime(now: number): Record<string, unknown> {
  const fromMillis = findBuiltin('fromMillis') as Builtin
  const replaced = (name: string, implementation: Builtin['implementation']) => ({ ...findBuiltin(name), implementation })
  return {
    now: replaced('now', (picture, zone) => fromMillis.implementation.call(null, now, picture, zone)),
    millis: replaced('millis', () => now),
    eval: undefined,
  }
}
