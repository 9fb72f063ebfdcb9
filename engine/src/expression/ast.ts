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

/** Every part below a node, in the order of the text. */
export function childrenOf(node: Ast): Ast[] {
  const found: Ast[] = []
  const add = (part: Ast | undefined) => {
    if (part !== undefined) found.push(part)
  }
  add(node.procedure)
  for (const list of [node.steps, node.expressions, node.arguments]) if (list !== undefined) found.push(...list)
  if (Array.isArray(node.lhs)) for (const pair of pairsOf(node)) found.push(pair[0], pair[1])
  else add(node.lhs as Ast | undefined)
  for (const part of [node.rhs, node.expression, node.condition, node.then, node.else, node.body]) add(part)
  for (const part of [node.pattern, node.update, node.delete]) add(part)
  for (const term of node.terms ?? []) found.push(term.expression)
  for (const stages of [node.stages, node.predicate]) for (const stage of stages ?? []) add(stage.expr)
  for (const pair of node.group?.lhs ?? []) found.push(pair[0], pair[1])
  return found
}
