import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Door } from '../door.ts'
import { reservedKeysRemoved } from '../http/json-body.ts'
import { sparing } from './sparing.ts'

export const metricsRoute = { method: 'GET', url: '/metrics' } as const

/** `GET /metrics` in Prometheus text. Labels are route patterns and codes of ours, never ids. */
export function mountMetrics(app: FastifyInstance, door: Door): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'sluice_' })
  const requests = new Counter({
    name: 'sluice_http_requests_total',
    help: 'Answered requests by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'sluice_http_request_seconds',
    help: 'From the first byte of the request to the last of the answer',
    labelNames: ['route'] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  // Finding the child of a label set hashes its names; on the hot path it is found once per route and status.
  const children = new Map<string, { count(): void; observe(seconds: number): void }>()
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)'
    const key = `${request.method} ${route} ${reply.statusCode}`
    let child = children.get(key)
    if (child === undefined) {
      const counter = requests.labels(request.method, route, String(reply.statusCode))
      const histogram = duration.labels(route)
      child = { count: () => counter.inc(), observe: (seconds) => histogram.observe(seconds) }
      children.set(key, child)
    }
    child.count()
    child.observe(reply.elapsedTime / 1_000)
    done()
  })
  gaugesOf(door, registry)

  app.route({
    ...metricsRoute,
    handler: async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  })
}

type Reading = readonly [name: string, help: string, read: () => number]

function gaugesOf({ engine }: Door, registry: Registry): void {
  const counts = sparing(() => engine.reader.runs.counts())
  const counters: readonly Reading[] = [
    ['sluice_events_total', 'Events taken in', () => engine.stats().engine.events],
    ['sluice_runs_started_total', 'Runs started', () => engine.stats().engine.runsStarted],
    ['sluice_runs_ended_total', 'Runs ended', () => engine.stats().engine.runsEnded],
    ['sluice_steps_total', 'Steps run', () => engine.stats().engine.steps],
    ['sluice_journal_entries_total', 'Journal entries written', () => engine.stats().engine.entries],
    ['sluice_commits_total', 'Commits', () => engine.stats().engine.commits],
    ['sluice_requests_refused_total', 'Requests the engine refused', () => engine.stats().engine.refused],
    ['sluice_effects_begun_total', 'Outside acts begun', () => engine.stats().engine.effectsBegun],
    ['sluice_effects_done_total', 'Outside acts done', () => engine.stats().engine.effectsDone],
    ['sluice_timers_fired_total', 'Timers fired', () => engine.stats().engine.timersFired],
    ['sluice_runs_pruned_total', 'Ended runs that retention took away', () => engine.stats().prunedRuns],
    ['sluice_events_pruned_total', 'Events that retention took away', () => engine.stats().prunedEvents],
    ['sluice_timers_failed_total', 'Timers whose work failed', () => engine.stats().engine.timersFailed],
    ['sluice_reserved_keys_removed_total', 'Keys such as __proto__ taken out of bodies', reservedKeysRemoved],
  ]
  const gauges: readonly Reading[] = [
    ['sluice_requests_waiting', 'Requests that wait for the engine', () => engine.stats().waiting],
    ['sluice_effects_in_flight', 'Outside acts at work', () => engine.stats().engine.inFlight],
    ['sluice_wal_bytes', 'Size of the write-ahead log', () => engine.stats().walBytes],
    ['sluice_timer_late_seconds', 'How late the last timer was', () => engine.stats().timerLateMs / 1_000],
    ['sluice_disk_open', '1 while new work is written, 0 while the disk is full', () => (engine.stats().diskOpen ? 1 : 0)],
    ['sluice_runs_stored', 'Runs in the file, ended ones included', () => engine.stats().storedRuns],
    ['sluice_runs_waiting', 'Runs that wait', () => counts().waiting],
    ['sluice_runs_incident', 'Runs that need an operator', () => counts().incident],
  ]
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  for (const [name, help, read] of counters) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
}
