import { expect, test } from 'vitest'
import { startServer } from '../../server/test/helpers/start.ts'
import type { Client } from './client.ts'
import { isPassed, reportLines } from './report.ts'
import { playStory } from './story.ts'

test('the story holds against a real server on a real SQLite file', async () => {
  const server = await startServer()
  const ask = async <Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, contentType?: string): Promise<Answer> => {
    const response = await server.ask(method, `/api/v1${path}`, body, contentType === undefined ? {} : { 'content-type': contentType })
    if (response.statusCode >= 300) throw new Error(`${method} ${path} answered ${response.statusCode}: ${response.body.slice(0, 400)}`)
    return (String(response.headers['content-type']).includes('json') ? response.json() : response.body) as Answer
  }
  const client: Client = { get: (path) => ask('GET', path), send: ask }
  const said: string[] = []
  const result = await playStory(client, { people: 40, seed: 7, hands: 4, say: (line) => said.push(line) })
  expect(result.faults).toEqual([])
  expect(reportLines(result).at(-1)).toMatch(/^PASSED: 40 withdrawals/)
  expect(isPassed(result)).toBe(true)
  expect(Object.keys(result.steps)).toEqual(['fence', 'stop_runs', 'crm_freeze', 'marketing_stop', 'rep_alert', 'strategy', 'receipt'])
  expect(said[0]).toMatch(/^40 people imported with \d+ grants/)
  // Nothing personal in the log, not even while it says everything.
  expect(server.logged.join('\n')).not.toMatch(/1990000\d{4}|@example\.cn/)
})
