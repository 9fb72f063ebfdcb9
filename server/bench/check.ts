/** Checks of big flows of the real packs, labels and all: `npm run bench -- check`. CPU time, because the machine may be busy. */
import { compileFlow, FlowChecker } from '@sluice/engine/compile'
import { flow } from '@sluice/engine/testing'
import { dataWords, nodeTypes } from '@sluice/nodes'

const options = { nodeTypes, words: dataWords }
const asks = { prompt: 'A discount for {{ event.data.name }}, please', purpose: 'recommendation', scene: 'quote_push' }
function big(steps: number) {
  const built = flow('big').node('on', 'core.event', { type: 'quote.requested' })
  let last = 'on'
  const perBlock = 12
  for (let k = 0; k * perBlock + perBlock < steps; k++) {
    built.node(`get${k}`, 'crm.get-customer', { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' })
    built.node(`ai${k}`, 'ai.generate', { ...asks, prompt: `{% "Plan for " & nodes.get${k}.name %}` })
    built.node(`if${k}`, 'core.branch', { when: `{% nodes.ai${k}.bold = true %}` })
    built.node(`veto${k}`, 'approvals.veto', {
      value: `{% {"customer": event.subject, "amount": nodes.ai${k}.amount, "currency": "CNY"} %}`,
      approver: 'role:director',
    })
    built.node(`pay${k}`, 'crm.apply-discount', {
      customer: `{% nodes.veto${k}.value.customer %}`,
      amount: `{% nodes.veto${k}.value.amount %}`,
      currency: 'CNY',
      receipt: `{% nodes.veto${k}.receipt %}`,
    })
    built.node(`fork${k}`, 'core.transform', { value: `{% {"a": nodes.get${k}, "k": ${k}} %}` })
    built.node(`t1${k}`, 'core.transform', { value: `{% {"x": input.k, "y": event.data.z} %}` })
    built.node(`rep${k}`, 'notify.rep', { text: `Deal {{ event.data.n }} of ${k}` })
    built.node(`wait${k}`, 'core.wait', { for: 'PT1H' })
    built.node(`join${k}`, 'core.join')
    built.node(`sw${k}`, 'core.transform', { value: `{% nodes.t1${k}.y > 3 ? "much" : "little" %}` })
    built.node(`send${k}`, 'notify.customer', {
      customer: '{% event.subject %}',
      text: `Dear customer, your offer {{ nodes.sw${k} }} is ready`,
      purpose: 'recommendation',
      scene: 'quote_push',
    })
    built
      .wire(last, `get${k}`)
      .wire(`get${k}`, `ai${k}`)
      .wire(`ai${k}`, `if${k}`)
      .wire(`if${k}.true`, `veto${k}`)
      .wire(`if${k}.false`, `fork${k}`)
    built
      .wire(`veto${k}.approved`, `pay${k}`)
      .wire(`pay${k}`, `fork${k}`)
      .wire(`veto${k}.vetoed`, `fork${k}`)
      .wire(`veto${k}.expired`, `fork${k}`)
    built
      .wire(`fork${k}`, `t1${k}`, `rep${k}`, `wait${k}`)
      .wire(`t1${k}`, `join${k}`)
      .wire(`rep${k}`, `join${k}`)
      .wire(`wait${k}`, `join${k}`)
    built.wire(`join${k}`, `sw${k}`).wire(`sw${k}`, `send${k}`)
    last = `send${k}`
  }
  return built.build()
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function median(times: readonly number[]): string {
  return [...times].sort((a, b) => a - b)[times.length >> 1]?.toFixed(1) ?? ''
}

/** The editor: one step changed, and the flow came as a message, so no object is the same. */
const checker = new FlowChecker(options)
const drawn = big(500)
const incremental = Array.from({ length: 60 }, (_, round) => {
  const nodes = drawn.nodes.map((node) => (node.id === 't13' ? { ...node, config: { value: `{% event.data.round${round} %}` } } : node))
  const file = structuredClone({ ...drawn, nodes })
  const start = cpuMs()
  checker.check(file)
  return cpuMs() - start
})
console.log(`500 steps, one changed: median ${median(incremental.slice(10))} ms`)

const large = big(5_000)
const cold = Array.from({ length: 5 }, () => {
  const start = cpuMs()
  compileFlow(large, { ...options, version: 1 })
  return cpuMs() - start
})
console.log(`5000 steps: first ${cold[0]?.toFixed(0)} ms, median ${median(cold)} ms`)
