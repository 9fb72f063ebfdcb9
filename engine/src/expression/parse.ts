import type { Text } from '@sluice/flows'
import jsonata from 'jsonata'
import { type Ast, someChild } from './ast.ts'
import { builtinNames } from './builtins.ts'
import { type ExpressionError, errorOfThrown, expressionError } from './errors.ts'
import { expressionLimits } from './limits.ts'
import { regexProblem } from './linear-regex.ts'
import { findParseBomb } from './parse-guard.ts'
import { readSimply } from './simple-reader.ts'

export type Parsed =
  /** `names`: the variables it binds. */
  | {
      readonly ok: true
      readonly ast: Ast
      readonly names: ReadonlySet<string>
      /** Nothing in it needs a look before it may be called total: no calls, names of its own, ranges or blocks. */
      readonly isPlain: boolean
    }
  | { readonly ok: false; readonly error: ExpressionError }

/** `{% … %}` around an expression, as config strings carry it. */
export function isMarkedExpression(text: string): boolean {
  return text.charCodeAt(0) === 123 && text.length >= 4 && text.startsWith('{%') && text.endsWith('%}')
}

export function unmarked(text: string): string {
  return isMarkedExpression(text) ? text.slice(2, -2) : text
}

/** Reads an expression without running anything. Refuses what could hang or crash the parser or the evaluator. */
export function parseExpression(source: string): Parsed {
  const { sourceCharsMax } = expressionLimits
  if (source.length > sourceCharsMax) {
    const message = {
      en: `The expression has ${source.length} characters, more than ${sourceCharsMax}: split it into several steps`,
      'zh-CN': `表达式有 ${source.length} 个字符，超过 ${sourceCharsMax} 个，请拆成多个步骤`,
    }
    return refused('SLU_EXPRESSION_TOO_LONG', message)
  }
  const simple = readSimply(source)
  if (simple?.variables.every((name) => isKnown(name, simple.bound)) === true) {
    return { ok: true, ast: simple.ast, names: simple.bound, isPlain: simple.isPlain }
  }
  const bomb = findParseBomb(source)
  if (bomb !== null) return refused('SLU_EXPRESSION_TOO_DEEP', bomb.message, bomb.position)
  let ast: Ast
  try {
    ast = jsonata(source).ast() as unknown as Ast
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return refused('SLU_EXPRESSION_SYNTAX', badRegex)
    return { ok: false, error: errorOfThrown(thrown) }
  }
  const bound = boundNames(ast)
  if (bound === null) return refused('SLU_EXPRESSION_TOO_DEEP', treeTooDeep)
  const error = findRefused(bound)
  return error === null ? { ok: true, ast, names: bound.names, isPlain: false } : { ok: false, error }
}

/** `$` and `$$` are always there. What is not known is left to jsonata, so that all mistakes are told in one place. */
function isKnown(name: string, bound: ReadonlySet<string>): boolean {
  return name === '' || (name !== 'eval' && (bound.has(name) || builtinNames.has(name)))
}

function refused(code: ExpressionError['code'], message: Text, position: number | null = null): Parsed {
  return { ok: false, error: expressionError(code, message, position) }
}

const badRegex: Text = { en: 'The regular expression is not valid', 'zh-CN': '正则表达式无效' }
const noEval: Text = { en: '$eval is not allowed', 'zh-CN': '不允许使用 $eval' }
const treeTooDeep: Text = {
  en: `The expression nests deeper than ${expressionLimits.treeDepthMax} levels`,
  'zh-CN': `表达式嵌套超过 ${expressionLimits.treeDepthMax} 层`,
}

function findRefused(bound: Bound): ExpressionError | null {
  for (const node of bound.nodes) {
    const position = node.position ?? null
    if (node.type === 'regex') {
      const problem = regexProblem(node.value)
      if (problem !== null) return expressionError('SLU_EXPRESSION_REFUSED', problem, position)
    }
    if (node.type !== 'variable' || node.value === '' || node.value === '$') continue
    const name = String(node.value)
    if (name === 'eval') return expressionError('SLU_EXPRESSION_REFUSED', noEval, position)
    if (!bound.names.has(name) && !builtinNames.has(name)) {
      return expressionError('SLU_EXPRESSION_UNKNOWN_NAME', unknownName(name), position)
    }
  }
  return null
}

function unknownName(name: string): Text {
  const shown = name.slice(0, 40)
  return {
    en: `There is no $${shown}. Data is named without the $: event, input, nodes, vars, run, now`,
    'zh-CN': `没有 $${shown}。数据名称不带 $:event、input、nodes、vars、run、now`,
  }
}

interface Bound {
  readonly nodes: readonly Ast[]
  readonly names: ReadonlySet<string>
}

/** All nodes of the tree and every name it binds; null when the tree is too deep. Iterative on purpose. */
function boundNames(root: Ast): Bound | null {
  const nodes: Ast[] = [root]
  const depths = [0]
  const names = new Set<string>()
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as Ast
    const depth = depths[index] as number
    if (depth > expressionLimits.treeDepthMax || nodes.length > expressionLimits.treeNodesMax) return null
    if (node.type === 'bind') names.add(String((node.lhs as Ast).value))
    if (node.type === 'lambda') for (const argument of node.arguments ?? []) names.add(String(argument.value))
    if (node.focus !== undefined) names.add(node.focus)
    if (node.index !== undefined) names.add(node.index)
    for (const stage of node.stages ?? []) if (stage.type === 'index') names.add(String(stage.value))
    someChild(node, (child) => {
      nodes.push(child)
      depths.push(depth + 1)
      return false
    })
  }
  return { nodes, names }
}
