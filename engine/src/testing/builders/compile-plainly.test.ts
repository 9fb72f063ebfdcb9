import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileFlow, type NodeTypeFacts } from '../../compile/index.ts'
import type { CompiledRegion } from '../../core/index.ts'
import { Random } from '../simulation/random.ts'
import { compilePlainly } from './compile-plainly.ts'
import { kindsOf, testNodes } from './nodes.ts'
import { randomFlow } from './random-flow.ts'

const ports = ['out', 'alt', 'timeout'].map((name) => ({ name, label: name }))
const facts = new Map<string, NodeTypeFacts>(
  testNodes.map((node) => {
    const { type, effect, behaviour, config } = node
    const inputless = behaviour === 'trigger' ? { input: false as const, trigger: { eventTypes: () => ['test'] } } : {}
    return [type, { type, label: type, effect, config, ports, ...(behaviour === undefined ? {} : { behaviour }), ...inputless }]
  }),
)

function sortedRegion(region: CompiledRegion | undefined): unknown {
  return region === undefined ? null : { ...region, nodes: [...region.nodes].sort() }
}

test('the compiler finds the same forks, wires and reachable joins as one written by the definitions', () => {
  let compared = 0
  let loops = 0
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = new Random(seed)
      const definition = randomFlow(random, { loops: random.chance(0.5), steps: 10 })
      const { compiled } = compileFlow(definition, { nodeTypes: facts, version: 1 })
      if (compiled === null) return
      compared++
      const plain = compilePlainly(definition, kindsOf(testNodes))
      for (const [id, node] of Object.entries(compiled.nodes)) {
        const { join, out, reachesJoins, behaviour, effect } = plain.nodes[id] ?? {}
        expect({ id, join: node.join, behaviour: node.behaviour, effect: node.effect }).toEqual({ id, join, behaviour, effect })
        expect([...node.reachesJoins].sort()).toEqual([...(reachesJoins ?? [])].sort())
        expect(node.out).toEqual(out)
        expect(node.loopLimit).toBe(plain.nodes[id]?.loopLimit)
        if (node.loopLimit !== undefined) loops++
        expect(sortedRegion(node.region)).toEqual(sortedRegion(plain.nodes[id]?.region))
      }
    }),
    { numRuns: 1_000 },
  )
  expect(compared).toBeGreaterThan(20)
  expect(loops).toBeGreaterThan(20)
})
