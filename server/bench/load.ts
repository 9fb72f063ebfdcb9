/** Load in a process of its own: `load.ts <url> <seconds> <connections> <rate or 0> <token> <events in a request>` prints one line of JSON. */
import autocannon from 'autocannon'

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

const result = await autocannon({
  url,
  duration: Number(seconds),
  connections: Number(connections),
  ...(Number(rate) > 0 ? { overallRate: Number(rate) } : {}),
  requests: [
    {
      method: 'POST',
      path: '/api/v1/events',
      headers: {
        'content-type': events === 1 ? 'application/json' : 'application/cloudevents-batch+json',
        authorization: `Bearer ${token}`,
      },
      setupRequest: (request) => ({ ...request, body: body() }),
    },
  ],
})
const { p50, p99, max } = result.latency
const failed = result.non2xx + result.errors + result.timeouts
process.stdout.write(
  `${JSON.stringify({ rate: result.requests.average * events, p50, p99, max, failed, answered: result['2xx'] * events })}\n`,
)
