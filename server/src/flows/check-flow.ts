import { createHash } from 'node:crypto'
import { type Compilation, compileFlow, type FindFlow } from '@sluice/engine/compile'
import type { FlowDefinition, Problem } from '@sluice/flows'
import { dataWords } from '@sluice/nodes'
import { type AnyNode, isExpression } from '@sluice/sdk'
import { hookNodes, namedSecret } from './hook-nodes.ts'

export interface FlowChecker {
  readonly nodeTypes: ReadonlyMap<string, AnyNode>
  /** Secrets this server has; null where that is not known, as on the command line: then their names are not checked. */
  readonly secrets: ReadonlyMap<string, string> | null
  /** Flows of this server, for what called ones give back; on the command line those beside the file. */
  readonly findFlow?: FindFlow
  /** All flows there are can be found, so one that is not found does not exist. */
  readonly findsAll?: boolean
}

/** What is wrong with a flow, what is proved of it, and its compiled form while nothing blocks it. Runs nothing. */
export function checkFlow(flow: FlowDefinition, { nodeTypes, secrets, findFlow = () => null, findsAll = false }: FlowChecker): Compilation {
  // The version is given by the transaction that publishes.
  const options = { nodeTypes, version: 0, sha256, words: dataWords, findFlow }
  const { compiled, problems, ...rest } = compileFlow(flow, options)
  const unsigned = secrets === null ? [] : missingSecrets(flow, secrets)
  return {
    compiled: unsigned.length === 0 ? compiled : null,
    problems: [...unsigned, ...problems, ...(findsAll ? strayCalls(flow, findFlow) : [])],
    ...rest,
  }
}

export function isBlocked(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** An unsigned webhook would let anybody start the flow. */
function missingSecrets(flow: FlowDefinition, secrets: ReadonlyMap<string, string>): readonly Problem[] {
  return hookNodes(flow).flatMap((node): readonly Problem[] => {
    const name = namedSecret(node)
    if (name === null || secrets.has(name)) return []
    return [
      {
        code: 'SLU_WEBHOOK_SECRET_UNKNOWN',
        severity: 'error',
        node: node.id,
        path: `/nodes/${flow.nodes.indexOf(node)}/config/secret`,
        message: {
          en: 'The webhook is signed with a secret that this server does not have. Leave the field empty to get one of its own',
          'zh-CN': '该 Webhook 引用的签名密钥在服务器上不存在。留空即可自动生成专用密钥',
        },
      },
    ]
  })
}

/** No error: flows that call one another have to be published one after the other. */
function strayCalls(flow: FlowDefinition, findFlow: FindFlow): readonly Problem[] {
  return flow.nodes.flatMap(({ id, type, config, disabled }, index): readonly Problem[] => {
    const called = type === 'core.call' && disabled !== true ? config?.flow : undefined
    if (typeof called !== 'string' || called === flow.key || isExpression(called) || findFlow(called) !== null) return []
    const message = {
      en: `There is no flow “${called}” here: the run will stop at this step until there is one`,
      'zh-CN': `此处没有流程「${called}」：在它发布之前，运行会停在本步骤`,
    }
    return [{ code: 'SLU_FLOW_CALL_UNKNOWN', severity: 'warning', node: id, path: `/nodes/${index}/config/flow`, message }]
  })
}
