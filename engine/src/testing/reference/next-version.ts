import type { FlowDefinition, FlowNode } from '@sluice/flows'
import type { Random } from '../simulation/random.ts'
import type { Drawer } from './grammar.ts'
import { compileDrawn } from './types.ts'

type Change = (flow: FlowDefinition, random: Random, at: number) => FlowDefinition

const withNode = (flow: FlowDefinition, node: FlowNode): FlowDefinition => ({
  ...flow,
  nodes: flow.nodes.map((old) => (old.id === node.id ? node : old)),
})

function isFree({ groups = [] }: FlowDefinition, id: string): boolean {
  return !groups.some(({ nodes }) => nodes.includes(id))
}

/** Other numbers for a step: how long it waits, what it makes of what comes in. */
const configure: Change = (flow, random) => {
  const node = random.pick(flow.nodes)
  const { salt, ms, say } = (node.config ?? {}) as { salt?: number; ms?: number; say?: { ms: number } }
  if (salt !== undefined) return withNode(flow, { ...node, config: { ...node.config, salt: salt + 17 } })
  if (ms !== undefined) return withNode(flow, { ...node, config: { ...node.config, ms: ms + 700 } })
  return say === undefined ? flow : withNode(flow, { ...node, config: { ...node.config, say: { ...say, ms: say.ms + 300 } } })
}

/** Another kind of step at the same place. */
const retype: Change = (flow, random) => {
  const waits = flow.nodes.filter(({ type }) => type === 'ref.wait')
  if (waits.length === 0) return flow
  const node = random.pick(waits)
  return withNode(flow, { ...node, type: 'test.act', config: { say: { salt: 12, ms: 500, fails: 0, terminal: false } } })
}

/** One more step in a wire between two of them. */
const insert: Change = (flow, random, at) => {
  const edge = random.pick(flow.edges)
  const [from = '', port] = edge.from.split('.')
  const [to = '', entry] = edge.to.split('.')
  const isPlain = [from, to].every((id) => flow.nodes.some((node) => node.id === id) && isFree(flow, id))
  if (!isPlain || port === 'undo' || entry !== 'in') return flow
  const node = { id: `more${at}`, type: 'ref.fold', config: { salt: 40 + at } }
  const edges = flow.edges.flatMap((old) =>
    old === edge
      ? [
          { from: edge.from, to: `${node.id}.in` },
          { from: `${node.id}.out`, to: edge.to },
        ]
      : [old],
  )
  return { ...flow, nodes: [...flow.nodes, node], edges }
}

/** A step is taken out, and the wire goes past its place. */
const remove: Change = (flow, random) => {
  const { id, type } = random.pick(flow.nodes)
  const [wire, ...more] = flow.edges.filter(({ from }) => from.startsWith(`${id}.`))
  const isPlain = (type === 'ref.fold' || type === 'ref.wait') && isFree(flow, id) && more.length === 0 && wire?.from === `${id}.out`
  if (wire === undefined || !isPlain) return flow
  const edges = flow.edges.flatMap((edge) => (edge === wire ? [] : [edge.to === `${id}.in` ? { ...edge, to: wire.to } : edge]))
  const isOnce = new Set(edges.map(({ from, to }) => `${from} ${to}`)).size === edges.length
  return isOnce ? { ...flow, nodes: flow.nodes.filter((node) => node.id !== id), edges } : flow
}

/** The next version of a flow, as somebody might draw it while runs are under way. */
export function drawNext(drawer: Drawer, flow: FlowDefinition): FlowDefinition {
  const random = drawer.random('next')
  let drawn = flow
  for (let count = random.between(0, 6); count > 0; count--) {
    const changed = random.pick([configure, configure, configure, retype, insert, insert, remove])(drawn, random, count)
    if (changed !== drawn && compileDrawn(changed, 2) !== null) drawn = changed
  }
  return drawn
}
