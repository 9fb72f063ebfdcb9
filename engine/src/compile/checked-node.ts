import type { FlowNode, JsonObject, Schema, Text } from '@sluice/flows'
import type { Behaviour, Effect } from '../core/compiled.ts'
import { type CompiledConfig, compileConfig } from '../expression/index.ts'
import type { NodeTypeFacts, NodeTypes, PortFacts } from './facts.ts'
import { type Report, stepName } from './report.ts'

/** A node with everything its type says about it, worked out once. */
export interface CheckedNode {
  /** Index in the flow file. */
  readonly index: number
  readonly id: string
  readonly definition: FlowNode
  readonly name: Text
  /** Null: no pack of this installation knows the type. */
  readonly facts: NodeTypeFacts | null
  readonly behaviour: Behaviour
  readonly effect: Effect
  /** Defaults filled in, expressions as written. */
  readonly config: JsonObject
  readonly compiledConfig: CompiledConfig
  /** Without `error`; null when the type is unknown or its pack failed. */
  readonly ports: readonly PortFacts[] | null
  readonly enabled: boolean
}

export function checkedNode(definition: FlowNode, index: number, types: NodeTypes, report: Report): CheckedNode {
  const facts = types.get(definition.type) ?? null
  const name = stepName(definition, facts?.label)
  const raw = (definition.config ?? {}) as JsonObject
  const schema = (facts?.config ?? {}) as Schema
  const compiledConfig = compileConfig(schema, raw)
  const config = compiledConfig.filled
  const tried = <Result>(work: () => Result): Result | null => asked(work, { index, type: definition.type }, report)
  return {
    index,
    id: definition.id,
    definition,
    name,
    facts,
    behaviour: facts?.behaviour ?? 'action',
    effect: (facts?.effectOf === undefined ? null : tried(() => facts.effectOf?.(config) ?? facts.effect)) ?? facts?.effect ?? 'none',
    config,
    compiledConfig,
    ports: facts === null ? null : tried(() => (typeof facts.ports === 'function' ? facts.ports(config) : facts.ports)),
    enabled: definition.disabled !== true,
  }
}

/** Runs a pack's function. What it throws is the pack's fault and no reason to stop. */
export function asked<Result>(work: () => Result, node: { readonly index: number; readonly type: string }, report: Report): Result | null {
  try {
    return work()
  } catch {
    const message = {
      en: `The pack behind ${node.type} failed while checking this step; please report it`,
      'zh-CN': `检查此步骤时，${node.type} 所属组件包出错，请反馈给开发者`,
    }
    report.add('error', 'SLU_FLOW_PACK_FAILED', { node: node.index }, message)
    return null
  }
}

export function isTrigger(node: CheckedNode): boolean {
  return node.behaviour === 'trigger'
}
