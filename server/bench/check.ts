/** Checks of big flows of the real packs, labels and all: `npm run bench -- check`. CPU time, because the machine may be busy. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { compileFlow, FlowChecker } from '@sluice/engine/compile'
import { flow } from '@sluice/engine/testing'
import { templates } from '@sluice/flows/templates'
import { dataWords, nodeTypes } from '@sluice/nodes'
import { checkFlow } from '../src/flows/check-flow.ts'
import { warmLimits } from '../src/flows/warm-checks.ts'
import { startFile } from './process.ts'

/** As a server and `sluice validate` check, with the platform's own hash. */
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const options = { nodeTypes, words: dataWords, sha256 }
const asks = { prompt: 'A discount for {{ event.data.name }}, please', purpose: 'recommendation', scene: 'quote_push' }
/** `mark` stands in every text, so that no expression of one flow is known from another. */
function big(steps: number, mark: string) {
  const built = flow('big').node('on', 'core.event', { type: 'quote.requested' })
  let last = 'on'
  const perBlock = 12
  for (let k = 0; k * perBlock + perBlock < steps; k++) {
    built.node(`get${k}`, 'crm.get-customer', { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' })
    built.node(`ai${k}`, 'ai.generate', { ...asks, prompt: `{% "Plan ${mark} for " & nodes.get${k}.name %}` })
    built.node(`if${k}`, 'core.branch', { when: `{% nodes.ai${k}.bold${mark} = true %}` })
    built.node(`veto${k}`, 'approvals.veto', {
      value: `{% {"customer": event.subject, "amount": nodes.ai${k}.${mark}.amount, "currency": "CNY"} %}`,
      approver: 'role:director',
    })
    built.node(`pay${k}`, 'crm.apply-discount', {
      customer: `{% nodes.veto${k}.value.customer %}`,
      amount: `{% nodes.veto${k}.value.amount %}`,
      currency: 'CNY',
      receipt: `{% nodes.veto${k}.receipt %}`,
    })
    built.node(`fork${k}`, 'core.transform', { value: `{% {"a": nodes.get${k}, "k": "${k}${mark}"} %}` })
    built.node(`t1${k}`, 'core.transform', { value: `{% {"x": input.k, "y": event.data.${mark}${k}} %}` })
    built.node(`rep${k}`, 'notify.rep', { text: `Deal {{ event.data.n${mark}${k} }} of ${k}` })
    built.node(`wait${k}`, 'core.wait', { for: 'PT1H' })
    built.node(`join${k}`, 'core.join')
    built.node(`sw${k}`, 'core.transform', { value: `{% nodes.t1${k}.y > 3 and event.data.${mark} ? "much" : "little" %}` })
    built.node(`send${k}`, 'notify.customer', {
      customer: '{% event.subject %}',
      channel: 'sms',
      text: `Dear customer, your offer {{ nodes.sw${k}.${mark} }} is ready`,
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

/**
 * What the checking thread worked, which is what somebody waits on a machine with nothing else to do, and what all threads of the
 * process did with it: the collector and the compilers of V8 work beside it.
 */
interface Times {
  readonly thread: number
  readonly all: number
}

function timesNow(): Times {
  const { user, system } = process.cpuUsage()
  return { thread: threadMs(), all: (user + system) / 1_000 }
}

/** Linux counts per thread; elsewhere the clock has to do. */
function threadMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

function timesOf(work: () => void): Times {
  const before = timesNow()
  work()
  const after = timesNow()
  return { thread: after.thread - before.thread, all: after.all - before.all }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

function said(all: readonly Times[]): string {
  return `${median(all.map(({ thread }) => thread)).toFixed(1)} ms (${median(all.map((one) => one.all)).toFixed(1)} ms with helper threads)`
}

/** All of it: a flow with an error in it would be spared its compiled form. */
function check(flow: ReturnType<typeof big>): void {
  if (compileFlow(flow, { ...options, version: 1 }).compiled === null) throw new Error('The measured flow has errors')
}

const large = big(5_000, 'a')
const [, , warmed] = process.argv
/** In a process of its own: a server that has been idle for some seconds and has checked what it ships, as `serve.ts` does. */
if (warmed !== undefined) {
  for (let round = 0; round < warmLimits.rounds; round += 1) {
    for (const one of templates) {
      checkFlow(one, { nodeTypes, secrets: null })
      await sleep(1)
    }
  }
  console.log(`5000 steps, first check of a server that has been idle: ${said([timesOf(() => check(large))])}`)
  process.exit(0)
}
const idle = startFile('check.ts', ['warmed'])
console.log(await idle.line(/idle/))

/** Nothing has run before, as for `sluice validate`: most of it is V8 getting to know the code. */
console.log(`5000 steps, first check of a fresh process: ${said([timesOf(() => check(large))])}`)

/** The editor: one step changed, and the flow came as a message, so no object is the same. */
const checker = new FlowChecker(options)
const drawn = big(500, 'b')
const incremental = Array.from({ length: 60 }, (_, round) => {
  const nodes = drawn.nodes.map((node) => (node.id === 't13' ? { ...node, config: { value: `{% event.data.round${round} %}` } } : node))
  const file = structuredClone({ ...drawn, nodes })
  return timesOf(() => checker.check(file))
})
console.log(`500 steps, one changed: median ${said(incremental.slice(10))}`)

/** A server or an editor that has checked other flows: no text of these is known, the code is. */
const unseen = ['c', 'd', 'e', 'f', 'g'].map((mark) => big(5_000, mark))
console.log(`5000 steps never seen, median: ${said(unseen.map((flow) => timesOf(() => check(flow))))}`)

const again = Array.from({ length: 5 }, () => timesOf(() => check(large)))
console.log(`5000 steps again, median: ${said(again)}`)
