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
  const ofNodes = reads.filter((read) => read.path[0] === 'nodes')
  return {
    reads,
    nodes: [...new Set(ofNodes.flatMap((read) => read.path.slice(1, 2)))],
    allNodes: reads.some((read) => read.path.length === 0) || ofNodes.some((read) => read.path.length === 1),
    unknown: reads.filter((read) => read.path.length > 0 && !(scopeNames as readonly string[]).includes(read.path[0] as string)),
  }
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
    const names = namesOf(first.type === 'variable' ? steps.slice(1) : steps)
    const used = names.length + (first.type === 'variable' ? 1 : 0)
    reads.push({ path: names, position: first.position ?? null })
    for (const step of steps.slice(0, used)) visitFilters(step, reads)
    rest = steps.slice(used)
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

function namesOf(steps: readonly Ast[]): readonly string[] {
  const names: string[] = []
  for (const step of steps) {
    if (step.type !== 'name') break
    names.push(String(step.value))
    // What follows a filter is still below this path, but a position or condition on `nodes` itself would mislead.
    if (step.stages !== undefined && names.length === 1) break
  }
  return names
}
