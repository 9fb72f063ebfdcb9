import { beforeAll, describe, expect, test } from 'vitest'
import { revealLimits } from '../src/commands/reveal.ts'
import { roleNames } from '../src/policy/roles.ts'
import { signedIn, tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

const mobile = '13800138000'
/** That there is a text is told; what it says is not. */
const sealed = { $masked: 'policy', type: 'string' }
const reason = 'The customer complains about a call to this number'
const flow = {
  format: 'sluice/flow@1',
  key: 'ring',
  name: 'Ring',
  nodes: [
    { id: 'asked', type: 'core.event', config: { type: 'com.example.ring' } },
    { id: 'copy', type: 'core.transform', config: { value: { mobile: '{% event.data.mobile %}', told: '{% event.data.mobile %}' } } },
  ],
  edges: [{ from: 'asked.out', to: 'copy.in' }],
}

let server: TestServer
let legal: Record<string, string>
let run: string

async function send(subject: string, data: object): Promise<string> {
  const event = cloudEvent({ type: 'com.example.ring', subject, data })
  const answer = await server.ask('POST', '/api/v1/events', event, { 'content-type': 'application/cloudevents+json' })
  return answer.json().runs[0].run
}

async function entryOf(id: string, node: string): Promise<{ readonly seq: number; readonly data: Record<string, unknown> }> {
  const { items } = (await server.ask('GET', `/api/v1/runs/${id}/journal`, undefined, legal)).json()
  return items.find((item: { kind: string; node: string }) => item.kind === 'node.completed' && item.node === node)
}

async function reveal(path: string, more: object = {}, who = legal, id = run) {
  const { seq } = await entryOf(id, 'copy')
  return server.ask('POST', `/api/v1/runs/${id}/reveal`, { seq, path, reason, ...more }, who)
}

const auditOf = async (kind: string) => (await server.ask('GET', `/api/v1/audit?kind=${kind}&limit=100`)).json().items

beforeAll(async () => {
  server = await startServer()
  legal = await tokenFor(server, 'legal')
  await server.ask('POST', '/api/v1/customers', { id: 'c-ring', name: '李雷', fields: { mobile } })
  await server.ask('POST', '/api/v1/consents', {
    customer: 'c-ring',
    purpose: 'recommendation',
    scene: 'quote_push',
    scope: 'standing',
    session: null,
  })
  await publish(server, flow)
  run = await send('c-ring', { mobile })
})

describe('a hidden value of a run', () => {
  test('is shown once to somebody who may and says why, for a bounded time, and the audit log holds everything but the value', async () => {
    expect((await entryOf(run, 'copy')).data).toEqual({ mobile: sealed, told: sealed })
    const answer = await reveal('/data/mobile')
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json().value).toBe(mobile)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(Date.parse(answer.json().until) - Date.now()).toBeLessThanOrEqual(revealLimits.shownMs)
    // By its value too, where the name says nothing.
    expect((await reveal('/data/told')).json().value).toBe(mobile)
    const [entry] = await auditOf('data.revealed')
    expect(entry).toMatchObject({ refs: { run }, payload: { path: '/data/told', reason } })
    expect(JSON.stringify(await auditOf('data.revealed'))).not.toContain(mobile)
    // It stays hidden everywhere else.
    expect((await entryOf(run, 'copy')).data.mobile).toEqual(sealed)
  })

  test('may be an attribute that the sender of the event added, which is hidden like its data', async () => {
    const event = cloudEvent({ type: 'com.example.ring', subject: 'c-ring', data: {}, callermobile: mobile })
    const sent = await server.ask('POST', '/api/v1/events', event, { 'content-type': 'application/cloudevents+json' })
    const id = sent.json().runs[0].run
    const started = async () => (await server.ask('GET', `/api/v1/runs/${id}/journal`, undefined, legal)).json().items[0]
    const { seq, entry: shown } = await started()
    expect(shown.event.callermobile).toEqual(sealed)
    const ask = (path: string) => server.ask('POST', `/api/v1/runs/${id}/reveal`, { seq, path, reason }, legal)
    const answer = await ask('/entry/event/callermobile')
    expect([answer.statusCode, answer.json().value]).toEqual([200, mobile])
    expect((await ask('/entry/event/other')).json().code).toBe('SLU_REVEAL_NOTHING')
    expect((await auditOf('data.revealed'))[0]).toMatchObject({
      refs: { run: id },
      payload: { path: '/entry/event/callermobile' },
    })
    expect((await started()).entry.event.callermobile).toEqual(sealed)
  })

  test.each(roleNames.filter((role) => !['admin', 'legal', 'consent_manager'].includes(role)))('is not for the role %s', async (role) => {
    const answer = await reveal('/data/mobile', {}, await tokenFor(server, role))
    expect(answer.json().code).toBe('SLU_PERMISSION_DENIED')
    const [entry] = await auditOf('data.reveal-refused')
    expect(entry).toMatchObject({ actor: { kind: 'token' }, refs: { run }, payload: { code: 'SLU_PERMISSION_DENIED' } })
  })

  test('needs a reason in words, one place, and nothing else in the request', async () => {
    for (const body of [
      { reason: undefined },
      { reason: 'short' },
      { reason: ' '.repeat(40) },
      { path: 'data' },
      { path: '' },
      { also: 1 },
    ])
      expect((await reveal('/data/mobile', body)).statusCode, JSON.stringify(body)).toBe(422)
    for (const path of ['/data', '/data/none', '/seq', '/entry/data/__proto__'])
      expect((await reveal(path)).json().code, path).toBe('SLU_REVEAL_NOTHING')
    expect((await reveal('/data/mobile', { seq: 900 })).json().code).toBe('SLU_REVEAL_NOTHING')
    const headers = { ...legal, 'accept-language': 'zh-CN' }
    expect((await reveal('/data', {}, headers)).json().title).toBe('该位置没有被隐藏的值')
  })

  test('stays hidden where nobody knows whose it is, or no use of it was agreed to', async () => {
    const stranger = await send('nobody-we-know', { mobile: '13911112222' })
    expect((await reveal('/data/mobile', {}, legal, stranger)).json().code).toBe('SLU_REVEAL_NO_CONSENT')
    await server.ask('POST', '/api/v1/customers', { id: 'c-silent', name: '韩梅', fields: { mobile: '13711113333' } })
    const silent = await send('c-silent', { mobile: '13711113333' })
    expect((await reveal('/data/mobile', {}, legal, silent)).json().code).toBe('SLU_REVEAL_NO_CONSENT')
    // A value that another customer keeps is theirs, whoever the run is about.
    const foreign = await send('c-ring', { mobile: '13711113333', from: 'c-silent' })
    expect((await reveal('/data/mobile', {}, legal, foreign)).json().code).toBe('SLU_REVEAL_NO_CONSENT')
  })

  test('is shown twenty times a day to one person', async () => {
    const person = await signedIn(server, 'consent_manager')
    const headers = { ...person, origin: 'http://localhost' }
    const codes: string[] = []
    for (let count = 0; count <= revealLimits.perDayMax; count++) {
      const answer = await reveal('/data/mobile', {}, headers)
      codes.push(answer.statusCode === 200 ? 'shown' : answer.json().code)
    }
    expect((await auditOf('data.reveal-refused'))[0]).toMatchObject({
      actor: { kind: 'user' },
      refs: { run },
      payload: { code: 'SLU_REVEAL_LIMIT', path: '/data/mobile', reason },
    })
    expect(codes.filter((code) => code === 'shown')).toHaveLength(revealLimits.perDayMax)
    expect(codes.at(-1)).toBe('SLU_REVEAL_LIMIT')
  })

  test('is shown to nobody for any reason once it is frozen', async () => {
    const before = (await auditOf('data.revealed')).length
    expect(
      (await server.ask('POST', '/api/v1/consents/withdraw', { customer: 'c-ring', all: true, channel: 'preference_page' })).statusCode,
    ).toBe(202)
    for (const path of ['/data/mobile', '/data/told']) expect((await reveal(path)).json().code).toBe('SLU_REVEAL_FROZEN')
    expect((await reveal('/data/mobile', {}, await tokenFor(server, 'admin'))).json().code).toBe('SLU_REVEAL_FROZEN')
    expect(await auditOf('data.revealed')).toHaveLength(before)
    expect((await auditOf('data.reveal-refused')).slice(0, 3)).toMatchObject([
      { refs: { run }, payload: { code: 'SLU_REVEAL_FROZEN', path: '/data/mobile' } },
      { payload: { code: 'SLU_REVEAL_FROZEN', path: '/data/told' } },
      { payload: { code: 'SLU_REVEAL_FROZEN', path: '/data/mobile' } },
    ])
  })

  test('refused attempts stand in the audit log without the value; of somebody who keeps trying, the first of a day', async () => {
    const headers = await tokenFor(server, 'legal')
    const before = (await auditOf('data.reveal-refused')).length
    for (let count = 0; count < revealLimits.refusalsPerDayMax + 3; count++) await reveal('/data/none', {}, headers)
    const mine: { payload: { code: string; furtherOnesUntold?: true } }[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: typeof mine; next: string | null } = (
        await server.ask('GET', `/api/v1/audit?kind=data.reveal-refused&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).json()
      mine.push(...page.items)
      cursor = page.next
    }
    expect(mine.length - before).toBe(revealLimits.refusalsPerDayMax)
    expect(mine[0]?.payload).toMatchObject({ code: 'SLU_REVEAL_NOTHING', furtherOnesUntold: true })
    expect(mine[1]?.payload).not.toHaveProperty('furtherOnesUntold')
    expect(JSON.stringify(mine)).not.toContain(mobile)
  })
})
