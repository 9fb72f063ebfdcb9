import type { FlowDefinition, Json } from '@sluice/flows'
import { advance, type Command, type CompiledFlow, type Decision, type RunState } from '../core/index.ts'
import { compilePlainly } from './builders/compile-plainly.ts'
import { kindsOf, testNodes } from './builders/nodes.ts'

type Untimed = Command extends infer One ? (One extends Command ? Omit<One, 'at'> : never) : never

/** One run put through commands by hand: the core alone, no loop, no store. */
export class Play {
  readonly flow: CompiledFlow
  now: number
  run: RunState | null = null
  /** Of the last command. */
  decision: Decision | null = null

  constructor(definition: FlowDefinition, now = 1_000) {
    this.flow = compilePlainly(definition, kindsOf(testNodes))
    this.now = now
  }

  /** Puts a command at the present moment. */
  ask(command: Untimed): Decision {
    const { decision, run } = advance(this.flow, this.run, { ...command, at: this.now } as Command)
    this.decision = decision
    this.run = run
    return decision
  }

  start(data: Json = null, trigger = 'start'): Decision {
    return this.ask({ kind: 'run.start', run: 'r', trigger, event: null, data, parent: null })
  }

  /** The step at this node is done. With several tokens there, the oldest. */
  complete(node: string, data: Json = node, port = 'out'): Decision {
    const { id: token, attempt } = this.token(node)
    return this.ask({ kind: 'node.complete', token, attempt, port, data, why: null })
  }

  fail(node: string, terminal = false): Decision {
    const { id: token, attempt } = this.token(node)
    return this.ask({ kind: 'node.fail', token, attempt, error: { code: 'SLU_TEST', message: 'no', terminal } })
  }

  token(node: string) {
    const found = Object.values(this.run?.tokens ?? {}).find((token) => token.node === node && token.state !== 'waiting')
    const token = found ?? Object.values(this.run?.tokens ?? {}).find((one) => one.node === node)
    if (token === undefined) throw new Error(`no token at ${node}; there are ${this.places().join(', ')}`)
    return token
  }

  /** Where tokens stand. */
  places(): readonly string[] {
    return Object.values(this.run?.tokens ?? {}).map(({ node, state }) => `${node}:${state}`)
  }

  /** Kinds of the last decision's entries. */
  kinds(): readonly string[] {
    return this.decision?.accepted === true ? this.decision.entries.map(({ kind }) => kind) : []
  }

  effects(): readonly string[] {
    return this.decision?.accepted === true ? this.decision.effects.map(({ kind }) => kind) : []
  }

  get output(): Json {
    return this.run?.output ?? null
  }
}
