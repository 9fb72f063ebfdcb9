import { type Ast, pairsOf, someChild } from '../../expression/ast.ts'
import { eitherShape, type Kind, listShape, memberShape, objectShape, type Shape, shapes } from './shape.ts'

/** What certainly goes wrong, or is certainly not there, whenever the expression is worked out. */
export type Finding =
  | { readonly kind: 'needs'; readonly needs: Kind; readonly gets: Shape; readonly position: number | null }
  | { readonly kind: 'mixed'; readonly left: Shape; readonly right: Shape; readonly position: number | null }
  | { readonly kind: 'member'; readonly path: readonly string[]; readonly of: Shape; readonly position: number | null }

/** What a name of the scope is; of `nodes`, what the step named next is. */
export type ScopeShape = (name: string, next: string | undefined) => Shape

/** What an expression gives; what it finds on the way is told to `found`. Says nothing about what it does not know. */
export function inferShape(ast: Ast, scope: ScopeShape, found: (finding: Finding) => void = () => {}): Shape {
  return new Inference(scope, found, ast).of(ast)
}

/** Names that a person binds may hide the functions of the language. */
function bindsNothing(root: Ast): boolean {
  const binds = (node: Ast): boolean => node.type === 'bind' || node.type === 'lambda' || someChild(node, binds)
  return !binds(root)
}

const gives: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    ['sum', 'count', 'length', 'number', 'round', 'floor', 'ceil', 'abs', 'sqrt', 'power', 'average'].map((name) => [name, shapes.number]),
  ),
  ...Object.fromEntries(
    [
      'string',
      'uppercase',
      'lowercase',
      'trim',
      'substring',
      'substringBefore',
      'substringAfter',
      'join',
      'formatNumber',
      'fromMillis',
    ].map((name) => [name, shapes.text]),
  ),
  ...Object.fromEntries(['exists', 'not', 'contains', 'boolean'].map((name) => [name, shapes.boolean])),
}

const arithmetic: ReadonlySet<unknown> = new Set(['+', '-', '*', '/', '%'])
const ordering: ReadonlySet<unknown> = new Set(['<', '<=', '>', '>='])
const truth: ReadonlySet<unknown> = new Set(['=', '!=', 'and', 'or', 'in'])

class Inference {
  readonly #scope: ScopeShape
  readonly #found: (finding: Finding) => void
  readonly #root: Ast

  constructor(scope: ScopeShape, found: (finding: Finding) => void, root: Ast) {
    this.#scope = scope
    this.#found = found
    this.#root = root
  }

  of(node: Ast): Shape {
    // What is filtered, sorted, grouped or bound on the way is left alone, with all that stands in it.
    if (node.predicate !== undefined || node.stages !== undefined || node.group !== undefined || node.focus !== undefined) return null
    switch (node.type) {
      case 'string':
        return shapes.text
      case 'number':
        return shapes.number
      case 'value':
        return typeof node.value === 'boolean' ? shapes.boolean : node.value === null ? shapes.none : null
      case 'path':
        return this.#path(node)
      case 'binary':
        return this.#binary(node)
      case 'unary':
        return this.#unary(node)
      case 'condition':
        return this.#condition(node)
      case 'block':
        return this.#block(node)
      case 'function':
        return this.#call(node)
      default:
        return null
    }
  }

  #path({ steps = [], keepSingletonArray, tuple }: Ast): Shape {
    const [first] = steps
    if (first === undefined || first.type !== 'name' || tuple === true) return null
    if (keepSingletonArray === true || !steps.every(isPlainName)) return null
    const used = first.value === 'nodes' ? 2 : 1
    let shape = this.#scope(String(first.value), steps[1] === undefined ? undefined : String(steps[1].value))
    for (let at = used; at < steps.length && shape !== null; at++) {
      const step = steps[at] as Ast
      const member = memberShape(shape, String(step.value))
      if (member === 'missing') {
        const path = steps.slice(0, at + 1).map(({ value }) => String(value))
        this.#found({ kind: 'member', path, of: shape, position: startOf(step) })
        return null
      }
      shape = member
    }
    return shape
  }

  #binary({ value, lhs, rhs, position }: Ast): Shape {
    const left = this.of(lhs as Ast)
    const right = this.of(rhs as Ast)
    if (value === '&') return shapes.text
    if (arithmetic.has(value)) {
      this.#needsNumber(left, lhs as Ast)
      this.#needsNumber(right, rhs as Ast)
      return shapes.number
    }
    if (ordering.has(value)) {
      const [one, other] = [only(left), only(right)]
      if ((one === 'text' && other === 'number') || (one === 'number' && other === 'text'))
        this.#found({ kind: 'mixed', left, right, position: position ?? null })
      return shapes.boolean
    }
    return truth.has(value) ? shapes.boolean : null
  }

  #needsNumber(shape: Shape, at: Ast): void {
    if (shape === null) return
    // A list of one number counts as that number.
    const mayBe = [...shape.kinds].some((kind) => kind === 'number' || kind === 'list')
    if (!mayBe) this.#found({ kind: 'needs', needs: 'number', gets: shape, position: startOf(at) })
  }

  #unary(node: Ast): Shape {
    if (node.value === '-') {
      const of = this.of(node.expression as Ast)
      this.#needsNumber(of, node.expression as Ast)
      return shapes.number
    }
    if (node.value === '[') {
      return listShape(this.#items(node.expressions ?? []))
    }
    if (node.value !== '{') return null
    const pairs = pairsOf(node).map(([key, value]) => [key, this.of(value)] as const)
    const named = pairs.flatMap(([key, shape]) => (key.type === 'string' ? [[String(key.value), shape] as const] : []))
    return objectShape(named, named.length === pairs.length)
  }

  /** Lists in a list, and what gives many values, are taken apart into it, so that nothing is known then. */
  #items(parts: readonly Ast[]): Shape {
    const given = parts.map((part) => this.of(part))
    const isPlain = given.every((shape) => shape !== null && !shape.kinds.has('list'))
    return isPlain && given.length > 0 ? given.reduce(eitherShape) : null
  }

  /** `??` and `?:` are conditions too. */
  #condition(node: Ast): Shape {
    this.of(node.condition as Ast)
    const then = this.of(node.then as Ast)
    return node.else === undefined ? then : eitherShape(then, this.of(node.else))
  }

  #block({ expressions = [] }: Ast): Shape {
    let last: Shape = null
    for (const expression of expressions) last = this.of(expression)
    return last
  }

  #call({ procedure, arguments: args = [] }: Ast): Shape {
    for (const argument of args) this.of(argument)
    const given = procedure?.type === 'variable' ? (gives[String(procedure.value)] ?? null) : null
    return given !== null && bindsNothing(this.#root) ? given : null
  }
}

function isPlainName({ type, stages, predicate, group, keepArray, index, focus }: Ast): boolean {
  const isWhole = stages === undefined && predicate === undefined && group === undefined
  return type === 'name' && isWhole && keepArray !== true && index === undefined && focus === undefined
}

function only(shape: Shape): Kind | null {
  if (shape === null || shape.kinds.size !== 1) return null
  const [kind = null] = shape.kinds
  return kind
}

/** The reader notes where a name ends. */
function startOf(node: Ast): number | null {
  const first = node.type === 'path' ? node.steps?.[0] : node
  if (first?.position === undefined) return null
  return first.type === 'name' ? Math.max(0, first.position - String(first.value).length) : first.position
}
