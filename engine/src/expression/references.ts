import { type Ast, pairsOf, type Stage, someInner } from './ast.ts'
import { scopeNames } from './scope.ts'

/** Something an expression reads: `['event', 'data', 'customer']`, as far as the path is written out. */
export interface Reference {
  readonly path: readonly string[]
  readonly position: number | null
}

export interface References {
  readonly reads: readonly Reference[]
  /** Ids named as `nodes.<id>`. */
  readonly nodes: readonly string[]
  /** Reads `nodes` or everything as a whole, so any earlier step may matter. */
  readonly allNodes: boolean
  /** First names that are none of `event input nodes vars run now`. */
  readonly unknown: readonly Reference[]
}

/** What an expression reads from its scope, by its text alone. Paths that start inside a list or an object are part of their start. */
export function referencesOf(ast: Ast): References {
  const reads: Reference[] = []
  visit(ast, true, reads)
  return summed(reads)
}

export function summed(reads: readonly Reference[]): References {
  const nodes: string[] = []
  const unknown: Reference[] = []
  let allNodes = false
  for (let at = 0; at < reads.length; at++) {
    const read = reads[at] as Reference
    const first = read.path[0]
    const second = read.path[1]
    if (first === undefined || (first === 'nodes' && second === undefined)) allNodes = true
    else if (first === 'nodes') {
      nodes.push(second as string)
    } else if (!(scopeNames as readonly string[]).includes(first)) unknown.push(read)
  }
  return { reads, nodes: nodes.length < 2 ? nodes : [...new Set(nodes)], allNodes, unknown }
}

/** `atRoot`: `$` means the whole scope here. */
function visit(node: Ast, atRoot: boolean, reads: Reference[]): void {
  switch (node.type) {
    case 'path':
      visitPath(node, atRoot, reads)
      return
    case 'variable':
      if (node.value === '$' || (node.value === '' && atRoot)) reads.push({ path: [], position: node.position ?? null })
      break
    case 'wildcard':
    case 'descendant':
      if (atRoot) reads.push({ path: [], position: node.position ?? null })
      break
    case 'bind':
      visit(node.rhs as Ast, atRoot, reads)
      return
    case 'unary':
      if (node.value === '{') visitPairs(pairsOf(node), atRoot, reads)
      break
    default:
  }
  if (node.type !== 'unary' || node.value !== '{') visitInner(node, atRoot, reads)
  visitFilters(node, reads)
}

function visitPairs(pairs: readonly (readonly [Ast, Ast])[], atRoot: boolean, reads: Reference[]): void {
  for (const [key, value] of pairs) {
    visit(key, atRoot, reads)
    visit(value, atRoot, reads)
  }
}

/** Parts that see the same `$` as the node itself; not the name of a called function. */
function visitInner(node: Ast, atRoot: boolean, reads: Reference[]): void {
  someInner(node, (part) => {
    if (part !== node.procedure || part.type !== 'variable') visit(part, atRoot, reads)
    return false
  })
}

function visitFilters(node: Ast, reads: Reference[]): void {
  if (node.stages !== undefined) visitStages(node.stages, reads)
  if (node.predicate !== undefined) visitStages(node.predicate, reads)
  if (node.group !== undefined) visitPairs(node.group.lhs, false, reads)
}

function visitStages(stages: readonly Stage[], reads: Reference[]): void {
  for (const { expr } of stages) if (expr !== undefined) visit(expr, false, reads)
}

function visitPath(node: Ast, atRoot: boolean, reads: Reference[]): void {
  const steps = node.steps ?? []
  const first = steps[0] as Ast
  const named = startsAtRoot(first, atRoot)
  let rest = steps
  if (named) {
    const begin = first.type === 'variable' ? 1 : 0
    const names = namesOf(steps, begin)
    const used = begin + names.length
    reads.push({ path: names, position: first.position ?? null })
    for (let at = 0; at < used; at++) visitFilters(steps[at] as Ast, reads)
    rest = used === steps.length ? none : steps.slice(used)
  }
  rest.forEach((step, index) => {
    visit(step, !named && index === 0 && atRoot, reads)
    if (step.type === 'sort') for (const term of step.terms ?? []) visit(term.expression, false, reads)
  })
  if (node.group !== undefined) visitPairs(node.group.lhs, false, reads)
}

function startsAtRoot(first: Ast, atRoot: boolean): boolean {
  if (first.type === 'variable') return first.value === '$' || (first.value === '' && atRoot)
  return first.type === 'name' && atRoot
}

const none: readonly Ast[] = []

function namesOf(steps: readonly Ast[], begin: number): readonly string[] {
  const names: string[] = []
  for (let at = begin; at < steps.length; at++) {
    const step = steps[at] as Ast
    if (step.type !== 'name') break
    names.push(String(step.value))
    // What follows a filter is still below this path, but a position or condition on `nodes` itself would mislead.
    if (step.stages !== undefined && names.length === 1) break
  }
  return names
}
