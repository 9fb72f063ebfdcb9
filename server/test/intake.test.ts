import { beforeAll, expect, test } from 'vitest'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await publish(server, listeningFlow('lead'))
})

const structured = { 'content-type': 'application/cloudevents+json' }

test('a structured event starts the flow that listens and is answered with its run', async () => {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent(), structured)
  expect(answer.statusCode).toBe(202)
  const { event, runs } = answer.json()
  expect(event).toMatch(/^[0-9A-Z]{26}$/)
  expect(runs).toEqual([{ flow: 'lead', run: expect.any(String) }])
  const run = await server.ask('GET', `/api/v1/runs/${runs[0].run}`)
  expect(run.json()).toMatchObject({ flow: 'lead', version: 1, state: 'succeeded', output: 42, waits: [], error: null })
})
