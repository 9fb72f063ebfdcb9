/** What a server says that meets damage nobody has looked for yet: its code and what to do, and no word of the data. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloudEvent, listeningFlow, publish, startServer } from '../helpers/start.ts'

const data = mkdtempSync(join(tmpdir(), 'sluice-damaged-'))
const file = join(data, 'sluice.db')
let healthy: Buffer
let run: string
beforeAll(async () => {
  const server = await startServer({ data })
  await publish(server, listeningFlow('lead'))
  const { runs } = (await server.ask('POST', '/api/v1/events', cloudEvent({ data: { amount: 1, text: 'secret-words' } }))).json()
  run = runs[0].run
  await server.stop()
  healthy = readFileSync(file)
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

function changed(change: (db: Database.Database) => void): void {
  writeFileSync(file, healthy)
  const db = new Database(file)
  change(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

test.each([
  ['a page that is gone', '/journal', null],
  ['a text that was cut', '', `UPDATE runs SET output = '{"text": "secret-words'`],
])('%s is answered as damage', async (_what, path, sql) => {
  let root = 0
  changed((db) => {
    if (sql !== null) db.exec(sql)
    root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").pluck().get() as number
  })
  if (sql === null) writeFileSync(file, Buffer.from(readFileSync(file)).fill(0, (root - 1) * 8_192, root * 8_192))
  const server = await startServer({ data })
  const answer = await server.ask('GET', `/api/v1/runs/${run}${path}`)
  expect(answer.json()).toMatchObject({ status: 500, code: 'SLU_DATA_DAMAGED' })
  expect(answer.body + server.logged.join()).not.toContain('secret')
  await server.stop()
})

test('what a start cannot read is named as damage too', async () => {
  changed((db) => db.exec(`UPDATE pack_tables SET definition = '{"secret' WHERE name = 'users'`))
  const refusal = await startServer({ data }).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'SLU_DATA_DAMAGED', message: expect.not.stringContaining('secret') })
})
