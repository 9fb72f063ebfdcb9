import type { Json, JsonObject, Text } from '@sluice/flows'
import type { Ast } from './ast.ts'
import { classify, type ExpressionClass } from './classify.ts'
import { type ExpressionError, errorOfThrown, expressionError } from './errors.ts'
import { finish } from './finish.ts'
import { expressionLimits } from './limits.ts'
import { parseExpression, unmarked } from './parse.ts'
import { readPlainPath } from './plain-path.ts'
import { type References, referencesOf } from './references.ts'
import { documentOf, type Scope } from './scope.ts'
import { startBudget } from './total/budget.ts'
import { compileNode } from './total/compile.ts'
import type { Value } from './total/value.ts'

export type Evaluated = { readonly ok: true; readonly value: Json | undefined } | { readonly ok: false; readonly error: ExpressionError }

export interface CompiledExpression {
  /** Without the marks `{%` and `%}`. */
  readonly source: string
  readonly kind: ExpressionClass['kind']
  /** Why it needs the worker; null when it does not. */
  readonly reason: Text | null
  readonly references: References
  /** For analyses that read more than references: which value goes where. */
  readonly ast: Ast
  /** At once, in this thread. An expression of the worker class answers `SLU_EXPRESSION_NEEDS_WORKER`. Never throws. */
  evaluate(scope: Scope): Evaluated
}

export type Compiled =
  | { readonly ok: true; readonly expression: CompiledExpression }
  | { readonly ok: false; readonly error: ExpressionError }

const cache = new Map<string, Compiled>()
let cachedChars = 0

/** Compiles an expression, with or without `{% … %}` around it. The same text gives the same object while it is cached. */
export function compileExpression(text: string): Compiled {
  const source = unmarked(text)
  const known = cache.get(source)
  if (known !== undefined) return known
  const compiled = compile(source)
  if (source.length <= expressionLimits.sourceCharsMax) remember(source, compiled)
  return compiled
}

/** Oldest out first. A flow keeps what it compiled, so the cache only saves work between flows and previews. */
function remember(source: string, compiled: Compiled): void {
  cache.set(source, compiled)
  cachedChars += source.length
  if (cache.size <= expressionLimits.cachedMax && cachedChars <= expressionLimits.cachedCharsMax) return
  for (const oldest of cache.keys()) {
    if (cache.size <= expressionLimits.cachedMax && cachedChars <= expressionLimits.cachedCharsMax) return
    cache.delete(oldest)
    cachedChars -= oldest.length
  }
}

function compile(source: string): Compiled {
  const path = readPlainPath(source)
  if (path !== null) {
    const { ast, references } = path
    return { ok: true, expression: { source, kind: 'total', reason: null, references, ast, evaluate: evaluatorOf(ast, references) } }
  }
  const parsed = parseExpression(source)
  if (!parsed.ok) return parsed
  try {
    const found = parsed.isPlain ? total : classify(parsed.ast, parsed.names)
    const { kind } = found
    const reason = found.kind === 'total' ? null : found.reason
    const references = referencesOf(parsed.ast)
    const evaluate = kind === 'total' ? evaluatorOf(parsed.ast, references) : () => needsWorker
    return { ok: true, expression: { source, kind, reason, references, ast: parsed.ast, evaluate } }
  } catch (thrown) {
    return { ok: false, error: errorOfThrown(thrown) }
  }
}

const total: ExpressionClass = { kind: 'total' }

const needsWorker: Evaluated = {
  ok: false,
  error: expressionError('SLU_EXPRESSION_NEEDS_WORKER', {
    en: 'This expression can only be evaluated in the worker pool',
    'zh-CN': '此表达式只能在工作线程池中计算',
  }),
}

function evaluatorOf(ast: Ast, { reads }: References): CompiledExpression['evaluate'] {
  let evaluate: ReturnType<typeof compileTotal> | null = null
  let withTime = false
  // Checking a flow never evaluates, so the closures wait for the first evaluation.
  return (scope) => {
    if (evaluate === null) {
      withTime = reads.some(({ path: [first] }) => first === undefined || first === 'now')
      evaluate = compileTotal(ast)
    }
    return evaluate(documentOf(scope, withTime), scope.now)
  }
}

/** The closure over any document; `evaluate` above gives it the scope. */
export function compileTotal(ast: Ast): (document: JsonObject, now: number) => Evaluated {
  const run = compileNode(ast)
  return (document, now) => {
    startBudget()
    try {
      const value = run(document as Value, { root: document as Value, now, parent: null, bindings: null })
      return { ok: true, value: finish(value) }
    } catch (thrown) {
      return { ok: false, error: errorOfThrown(thrown) }
    }
  }
}
