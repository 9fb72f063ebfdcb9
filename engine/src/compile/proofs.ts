import type { FlowDefinition, Problem } from '@sluice/flows'
import type { Way } from './ways.ts'

export type Rule = 'sound' | 'veto' | 'consent' | 'injection' | 'withdrawal' | 'types'

/** One promise about a flow, and the place where it fails. */
export interface Proof {
  /**
   * `sound`: every step reachable, loops can end, no join starves, no line left behind. `veto`: money only with a person's approval of
   * that value. `consent`: people's data leaves only under a fitting purpose and scene. `injection`: what came from outside speaks in
   * our name only through a person or a rule. `withdrawal`: the longest way after a withdrawal fits its limit. `types`: ports fit.
   */
  readonly rule: Rule
  readonly holds: boolean
  /** Steps of the counter-example. */
  readonly path?: readonly string[]
  /** Steps about which this check cannot know; the run time decides there. */
  readonly open?: readonly string[]
}

const soundCodes: readonly string[] = [
  'SLU_FLOW_NODE_TYPE',
  'SLU_FLOW_TRIGGER_MISSING',
  'SLU_FLOW_EDGE_END',
  'SLU_FLOW_PORT_UNKNOWN',
  'SLU_FLOW_TRIGGER_INPUT',
  'SLU_FLOW_LEADS_NOWHERE',
  'SLU_FLOW_UNREACHABLE',
  'SLU_FLOW_LOOP_ENDLESS',
  'SLU_FLOW_LOOP_MULTIPLIES',
  'SLU_FLOW_JOIN_STARVES',
  'SLU_FLOW_REGION_UNKNOWN',
  'SLU_FLOW_REGION_SELF',
  'SLU_FLOW_REGION_SHARED',
  'SLU_FLOW_REGION_ENTRY',
  'SLU_FLOW_REGION_TRIGGER',
  'SLU_FLOW_REGION_BORDER',
  'SLU_FLOW_REGION_OVERLAP',
  'SLU_FLOW_LOCK_OPEN_AT_JOIN',
  'SLU_FLOW_MILESTONE_STEP',
  'SLU_FLOW_UNDO_RETURNS',
  'SLU_FLOW_UNDO_ENDS',
  'SLU_FLOW_UNDO_NESTED',
  'SLU_FLOW_UNDO_WAITS',
]
const codesByRule: { readonly [Name in Rule]?: readonly string[] } = { sound: soundCodes, types: ['SLU_FLOW_TYPE_MISMATCH'] }
const rules: readonly Rule[] = ['sound', 'veto', 'consent', 'injection', 'withdrawal', 'types']

/** What the rules found, beside what they say about it. */
export class Rulings {
  readonly #ways = new Map<Rule, Way[]>()
  readonly #open = new Map<Rule, Set<number>>()

  against(rule: Rule, way: Way): void {
    this.#ways.set(rule, [...(this.#ways.get(rule) ?? []), way])
  }

  /** Not proved: only the run knows. */
  leaveOpen(rule: Rule, node: number): void {
    this.#open.set(rule, (this.#open.get(rule) ?? new Set()).add(node))
  }

  /** What the checks amount to. */
  proofs({ nodes }: FlowDefinition, problems: readonly Problem[]): Proof[] {
    const idOf = (index: number) => nodes[index]?.id ?? ''
    return rules.map((rule) => {
      const against = problems.filter(({ severity, code }) => severity === 'error' && codesByRule[rule]?.includes(code))
      const ways = this.#ways.get(rule) ?? []
      const named = against.flatMap(({ way, node }) => way?.nodes ?? (node === undefined ? [] : [node]))
      const path = [...new Set([...named, ...(ways[0]?.nodes ?? []).map(idOf)])]
      const open = [...(this.#open.get(rule) ?? [])].map(idOf)
      return {
        rule,
        holds: against.length === 0 && ways.length === 0,
        ...(path.length === 0 ? {} : { path }),
        ...(open.length === 0 ? {} : { open }),
      }
    })
  }
}
