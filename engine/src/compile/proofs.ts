import type { Problem } from '@sluice/flows'

/** One promise about a flow, and the place where it fails. */
export interface Proof {
  /** `sound`: every step reachable, loops can end, no join starves. `veto`: money only with a person's approval of that value. `types`: ports fit. */
  readonly rule: 'sound' | 'veto' | 'types'
  readonly holds: boolean
  /** Steps of the counter-example. */
  readonly path?: readonly string[]
}

const codesByRule: { readonly [Rule in Proof['rule']]: readonly string[] } = {
  sound: [
    'SLU_FLOW_NODE_TYPE',
    'SLU_FLOW_TRIGGER_MISSING',
    'SLU_FLOW_EDGE_END',
    'SLU_FLOW_PORT_UNKNOWN',
    'SLU_FLOW_TRIGGER_INPUT',
    'SLU_FLOW_LEADS_NOWHERE',
    'SLU_FLOW_UNREACHABLE',
    'SLU_FLOW_LOOP_ENDLESS',
    'SLU_FLOW_JOIN_STARVES',
  ],
  veto: ['SLU_MONEY_WITHOUT_HUMAN'],
  types: ['SLU_FLOW_TYPE_MISMATCH'],
}

/** What the checks amount to. */
export function proofsOf(problems: readonly Problem[]): Proof[] {
  return (Object.keys(codesByRule) as Proof['rule'][]).map((rule) => {
    const against = problems.filter((problem) => problem.severity === 'error' && codesByRule[rule].includes(problem.code))
    const path = [...new Set(against.flatMap((problem) => problem.node ?? []))]
    return { rule, holds: against.length === 0, ...(path.length === 0 ? {} : { path }) }
  })
}
