/** Cold check and compile of big flows: `node server/tools/run-ts.mjs engine/bench/compile.ts`. */
import { compileFlow, FlowChecker, type NodeTypeFacts } from '../src/compile/index.ts'
import { flow } from '../src/testing/builders/flow.ts'

const out = { name: 'out', label: 'out' }
const types = new Map<string, NodeTypeFacts>([
  [
    'core.event',
    { type: 'core.event', label: 'Event', behaviour: 'trigger', effect: 'none', input: false, config: { type: 'object' }, ports: [out] },
  ],
  [
    'test.step',
    {
      type: 'test.step',
      label: 'Step',
      effect: 'none',
      config: { type: 'object', properties: { text: { type: 'string' } } },
      ports: [out],
    },
  ],
  ['core.join', { type: 'core.join', label: 'Join', behaviour: 'join', effect: 'none', config: { type: 'object' }, ports: [out] }],
])

/** Blocks of fork, three steps, join. */
function big(steps: number) {
  const built = flow('big').node('on', 'core.event')
  let last = 'on'
  for (let at = 0; at + 5 <= steps; at += 5) {
    for (const part of ['f', 'a', 'b', 'c']) built.node(`${part}${at}`, 'test.step', { text: `{% event.data.x${at} & input.name %}` })
    built.node(`j${at}`, 'core.join').wire(last, `f${at}`).wire(`f${at}`, `a${at}`, `b${at}`, `c${at}`)
    for (const part of ['a', 'b', 'c']) built.wire(`${part}${at}`, `j${at}`)
    last = `j${at}`
  }
  return built.build()
}

/** The editor: one step changed in a flow it has seen. */
for (const steps of [100, 500, 1_000]) {
  const checker = new FlowChecker({ nodeTypes: types })
  const definition = big(steps)
  checker.check(definition)
  const times = Array.from({ length: 15 }, (_, round) => {
    const nodes = definition.nodes.map((node, at) => (at === 7 ? { ...node, config: { text: `{% event.data.round${round} %}` } } : node))
    const start = performance.now()
    checker.check({ ...definition, nodes })
    return performance.now() - start
  })
  console.log(`${steps} steps, one changed: median ${[...times].sort((a, b) => a - b)[7]?.toFixed(1)} ms`)
}

for (const steps of [100, 500, 1_000, 5_000]) {
  const definition = big(steps)
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    const { problems, compiled } = compileFlow(definition, { nodeTypes: types, version: 1 })
    if (compiled === null) throw new Error(JSON.stringify(problems[0]))
    return performance.now() - start
  })
  console.log(`${steps} steps: first ${times[0]?.toFixed(0)} ms, median ${[...times].sort((a, b) => a - b)[2]?.toFixed(0)} ms`)
}
