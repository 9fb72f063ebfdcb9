import type { Json } from '@sluice/flows'
import type { RunState, Token } from '../core/run.ts'
import { itemScope } from '../core/scopes.ts'
import type { Scope } from '../expression/index.ts'

/** What differs from item to item in what an expression sees: its own outputs over those around it, `item` and `index`. */
export function itemView(state: RunState | null, token: Token): Pick<Scope, 'nodes' | 'vars' | 'item' | 'index'> {
  const vars = reviewOf(state, token)
  if (state === null) return { nodes: {}, vars }
  const inner = itemScope(state, token.scope)
  if (inner === null) return { nodes: state.outputs, vars }
  let nodes = inner.item.outputs ?? {}
  for (let at: typeof inner | null = inner; at !== null; at = at.parent === null ? null : itemScope(state, at.parent))
    if (at !== inner) nodes = { ...at.item.outputs, ...nodes }
  return { nodes: { ...state.outputs, ...nodes }, vars, item: inner.item.value, index: inner.item.index }
}

/** What a for-each that is asked whether to go on can look at: the item that just ended, and all that are done. */
function reviewOf(state: RunState | null, token: Token): Scope['vars'] {
  const each = state?.each?.[token.id]
  if (each === undefined) return {}
  const { items, results, ended } = each
  const last = ended.at(-1)
  const inOrder = ended.toSorted((left, right) => left - right)
  const resultsOf = (indexes: readonly number[]): Json => indexes.map((index) => results[index] ?? null)
  const common = { done: ended.length, total: items.length, results: resultsOf(inOrder), ended: resultsOf(ended) }
  return last === undefined ? common : { ...common, result: results[last] ?? null, item: items[last] ?? null, index: last }
}
