/** The bar we measure against: a bare Fastify handler that does one insert, grouped into commits as large as the moment allows. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import { ulid } from 'ulid'

const db = new Database(join(mkdtempSync(join(tmpdir(), 'sluice-reference-')), 'reference.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT')
const insert = db.prepare('INSERT INTO events VALUES (?, ?)')

let waiting: { readonly id: string; readonly body: string; readonly done: () => void }[] = []

function commit(): void {
  const batch = waiting
  waiting = []
  db.transaction(() => {
    for (const { id, body } of batch) insert.run(id, body)
  })()
  for (const { done } of batch) done()
}

async function store(event: unknown): Promise<object> {
  const id = ulid()
  await new Promise<void>((done) => {
    if (waiting.length === 0) setImmediate(commit)
    waiting.push({ id, body: JSON.stringify(event), done })
  })
  return { event: id, runs: [] }
}

const app = Fastify()
app.addContentTypeParser('application/cloudevents-batch+json', { parseAs: 'string' }, (_request, text, done) => {
  done(null, JSON.parse(String(text)))
})
app.post('/api/v1/events', async ({ body }, reply) => {
  return reply.code(202).send(Array.isArray(body) ? await Promise.all(body.map(store)) : await store(body))
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
