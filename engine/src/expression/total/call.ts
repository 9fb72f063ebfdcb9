import type { Ast } from '../ast.ts'
import { type Builtin, findBuiltin } from '../builtins.ts'
import { ExpressionFailure, errorOfThrown, failureOf } from '../errors.ts'
import { spend } from './budget.ts'
import type { Compile } from './compile.ts'
import type { Eval, Frame } from './frame.ts'
import { findRun, type Run } from './functions.ts'
import type { Value } from './value.ts'

export function compileCall(node: Ast, compile: Compile): Eval {
  const call = callOf(String(node.procedure?.value), node.position)
  const args = (node.arguments ?? []).map(compile)
  const only = args[0]
  if (args.length === 1 && only !== undefined) return (input, frame) => call([only(input, frame)], input, frame)
  return (input, frame) => {
    const values = args.map((arg) => arg(input, frame))
    return call(values, input, frame)
  }
}

/** `value ~> $function(…)`: the value becomes the first argument. */
export function compileApply(node: Ast, compile: Compile): Eval {
  const left = compile(node.lhs as Ast)
  const right = node.rhs as Ast
  const call = callOf(String(right.type === 'variable' ? right.value : right.procedure?.value), node.position)
  const args = (right.arguments ?? []).map(compile)
  const usesContext = right.type !== 'variable'
  return (input, frame) => {
    const values = [left(input, frame), ...args.map((arg) => arg(input, frame))]
    return call(values, usesContext ? input : null, frame)
  }
}

type Call = (args: readonly Value[], context: Value, frame: Frame) => Value

function callOf(name: string, position: number | undefined): Call {
  const run = findRun(name)
  const signature = findBuiltin(name)?.signature
  if (run === null || signature === undefined) throw failureOf('T1006', position)
  const fits = shortcuts[(signature as { readonly definition: string }).definition]
  return (args, context, frame) => {
    spend(1)
    try {
      return run(fits?.(args) === true ? args : checked(signature, args, context), frame)
    } catch (thrown) {
      throw located(thrown, position, name)
    }
  }
}

function checked(signature: NonNullable<Builtin['signature']>, args: readonly Value[], context: Value): readonly Value[] {
  return signature.validate(args, context) as readonly Value[]
}

/** Arguments that a signature leaves as they are; checking those by jsonata's regular expression costs more than most functions. */
const shortcuts: Readonly<Record<string, (args: readonly Value[]) => boolean>> = {
  '<x-:b>': (args) => args.length === 1,
  '<x:b>': (args) => args.length === 1,
  '<x-b?:s>': (args) => args.length === 1,
  '<s-:s>': (args) => args.length === 1 && typeof args[0] === 'string',
  '<s-:n>': (args) => args.length === 1 && typeof args[0] === 'string',
  '<n-:n>': (args) => args.length === 1 && typeof args[0] === 'number',
  '<s-(sf):b>': (args) => args.length === 2 && typeof args[0] === 'string' && typeof args[1] === 'string',
  '<a:n>': (args) => args.length === 1 && Array.isArray(args[0]),
} satisfies Record<string, (args: readonly Value[]) => boolean>

function located(thrown: unknown, position: number | undefined, name: string): ExpressionFailure {
  const { error } = thrown instanceof ExpressionFailure ? thrown : new ExpressionFailure(errorOfThrown(thrown))
  if (error.reason === null || error.position !== null) return new ExpressionFailure(error)
  return failureOf(error.reason, position, name)
}

export type { Run }
