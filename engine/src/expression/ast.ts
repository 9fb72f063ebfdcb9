/** JSONata's syntax tree, as far as we read it. */
export interface Ast {
  readonly type: string
  readonly value?: unknown
  readonly position?: number
  readonly steps?: readonly Ast[]
  readonly stages?: readonly Stage[]
  readonly predicate?: readonly Stage[]
  readonly group?: Group
  readonly lhs?: Ast | readonly Pair[]
  readonly rhs?: Ast
  readonly expression?: Ast
  readonly expressions?: readonly Ast[]
  readonly condition?: Ast
  readonly then?: Ast
  readonly else?: Ast
  readonly arguments?: readonly Ast[]
  readonly procedure?: Ast
  readonly body?: Ast
  readonly terms?: readonly { readonly descending: boolean; readonly expression: Ast }[]
  readonly pattern?: Ast
  readonly update?: Ast
  readonly delete?: Ast
  readonly keepArray?: boolean
  readonly keepSingletonArray?: boolean
  readonly consarray?: boolean
  /** `%`, `@` and `#` make a path carry more than values. */
  readonly tuple?: boolean
  readonly focus?: string
  readonly index?: string
}

export interface Stage {
  readonly type: string
  readonly expr?: Ast
  readonly value?: unknown
}

export type Pair = readonly [Ast, Ast]

export interface Group {
  readonly lhs: readonly Pair[]
  readonly position?: number
}

export function pairsOf(node: { readonly lhs?: Ast | readonly Pair[] }): readonly Pair[] {
  return Array.isArray(node.lhs) ? (node.lhs as readonly Pair[]) : []
}

export function leftOf(node: Ast): Ast {
  return node.lhs as Ast
}

type Test = (part: Ast) => boolean

/** Whether one of the parts that see the same `$` as the node passes; all but filters and groups. Makes no list: every check walks trees. */
export function someInner(node: Ast, test: Test): boolean {
  switch (node.type) {
    // Nearly all nodes are these, and have nothing below them.
    case 'name':
    case 'string':
    case 'number':
    case 'value':
    case 'variable':
      return false
    case 'path':
      return someOf(node.steps, test)
    default:
  }
  if (node.procedure !== undefined && test(node.procedure)) return true
  if (someOf(node.steps, test) || someOf(node.expressions, test) || someOf(node.arguments, test)) return true
  if (node.lhs !== undefined && (isPairs(node.lhs) ? someOfPairs(node.lhs, test) : test(node.lhs))) return true
  if (passes(node.rhs, test) || passes(node.expression, test)) return true
  if (passes(node.condition, test) || passes(node.then, test) || passes(node.else, test)) return true
  if (passes(node.body, test) || passes(node.pattern, test) || passes(node.update, test) || passes(node.delete, test)) return true
  return node.terms?.some((term) => test(term.expression)) === true
}

function passes(part: Ast | undefined, test: Test): boolean {
  return part !== undefined && test(part)
}

/** Whether one of the parts below a node passes, in the order of the text. */
export function someChild(node: Ast, test: Test): boolean {
  if (someInner(node, test)) return true
  if (node.stages !== undefined && someOfStages(node.stages, test)) return true
  if (node.predicate !== undefined && someOfStages(node.predicate, test)) return true
  return node.group !== undefined && someOfPairs(node.group.lhs, test)
}

/** Every part below a node, in the order of the text. */
export function childrenOf(node: Ast): Ast[] {
  const found: Ast[] = []
  someChild(node, (part) => {
    found.push(part)
    return false
  })
  return found
}

function isPairs(lhs: Ast | readonly Pair[]): lhs is readonly Pair[] {
  return Array.isArray(lhs)
}

function someOf(parts: readonly Ast[] | undefined, test: Test): boolean {
  if (parts !== undefined) for (let at = 0; at < parts.length; at++) if (test(parts[at] as Ast)) return true
  return false
}

function someOfPairs(pairs: readonly Pair[], test: Test): boolean {
  for (const pair of pairs) if (test(pair[0]) || test(pair[1])) return true
  return false
}

function someOfStages(stages: readonly Stage[], test: Test): boolean {
  for (const { expr } of stages) if (expr !== undefined && test(expr)) return true
  return false
}
