/**
 * Load in a process of its own: `load.ts <url> <seconds> <connections> <rate or 0> <token> <events in a request>` prints one line of JSON.
 * With a rate, each request has its moment, and its time runs from that moment even when no connection was free for it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Sender, sender } from './sender.ts'
import { quantile } from './statistics.ts'

const [url = '', seconds = '5', connections = '64', rate = '0', token = '', batch = '1'] = process.argv.slice(2)
const events = Number(batch)
const prefix = `${process.pid}-${Date.now()}`
let count = 0

function event(): object {
  count += 1
  const data = { customer: { id: `c-${count % 5_000}`, name: '王伟' }, channel: 'web', amount: count % 100_000, note: 'x'.repeat(120) }
  return {
    specversion: '1.0',
    id: `${prefix}-${count}`,
    source: '/bench',
    type: 'com.example.bench',
    subject: `c-${count % 5_000}`,
    data,
  }
}

function body(): string {
  return JSON.stringify(events === 1 ? event() : Array.from({ length: events }, event))
}

const answers: Answer[] = []
const headers = {
  'content-type': events === 1 ? 'application/json' : 'application/cloudevents-batch+json',
  authorization: `Bearer ${token}`,
}
const senders = await Promise.all(Array.from({ length: Number(connections) }, () => sender(url, '/api/v1/events', headers)))
const began = performance.now()
const until = began + Number(seconds) * 1_000

/** Each connection sends the next as soon as it has an answer. */
async function withoutPause(one: Sender): Promise<void> {
  while (performance.now() < until) answers.push(await one.post(body()))
}

async function atRate(perSecond: number): Promise<void> {
  const idle = [...senders]
  const late: number[] = []
  const under: Promise<void>[] = []
  const give = (one: Sender, since: number): Promise<void> =>
    one.post(body(), since).then((answer) => {
      answers.push(answer)
      const next = late.shift()
      if (next === undefined) idle.push(one)
      else under.push(give(one, next))
    })
  for (let number = 0; ; number += 1) {
    const at = began + (number * 1_000) / perSecond
    if (at >= until) break
    if (at > performance.now()) await sleep(at - performance.now())
    const one = idle.pop()
    if (one === undefined) late.push(at)
    else under.push(give(one, at))
  }
  for (let one = under.shift(); one !== undefined; one = under.shift()) await one
}

await (Number(rate) > 0 ? atRate(Number(rate)) : Promise.all(senders.map(withoutPause)))
const took = (performance.now() - began) / 1_000
for (const one of senders) one.close()
const times = answers.map(({ ms }) => ms).sort((left, right) => left - right)
const [p50, p99, max] = [0.5, 0.99, 1].map((share) => Math.round(quantile(times, share) * 10) / 10)
const good = answers.filter(({ status }) => status < 300).length
process.stdout.write(
  `${JSON.stringify({ rate: (good * events) / took, p50, p99, max, failed: answers.length - good, answered: good * events })}\n`,
)
