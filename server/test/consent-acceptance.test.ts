import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { beforeAll, describe, expect, test } from 'vitest'
import { merkleRoot } from '../src/hosts/sqlite/audit/merkle.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

/**
 * The acceptance examples of the consent specification (section 9), by their numbers, over HTTP. Those that need a clock of their own, a killed
 * process or a damaged file have their tests beside the code; those of rule packs, notices, rewards and legal holds belong to packs that do not exist.
 */
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const send = (method: 'POST' | 'PUT', url: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.ask(method, `/api/v1${url}`, body, headers)
const post = (url: string, body?: unknown) => send('POST', url, body)
const get = async (url: string) => (await server.ask('GET', `/api/v1${url}`)).json()
const reason = async (customer: string, scene: string, session: string | null = null, purpose = 'recommendation') =>
  (await post('/consents/check', { customer, purpose, scene, session })).json()
const pack = ['test_drive', 'quote_push', 'event_invite'] as const

let count = 0
/** A customer of the time base: nothing granted yet. */
async function customer(fields: object = { mobile: '13800138000', email: 'li.lei@example.com', income: 200_000 }): Promise<string> {
  count += 1
  const id = `c-${1000 + count}`
  const made = await post('/customers', { id, name: '李雷', fields, owner: 'r-7' })
  expect(made.statusCode).toBe(201)
  return id
}

/** … and with the standing mask 35: test drive, quote and event of the experience pack. */
async function withPack(fields?: object): Promise<string> {
  const id = await customer(fields)
  const answer = await post('/consents/decisions', offer(id))
  expect(answer.statusCode).toBe(201)
  return id
}

const offer = (id: string) => ({
  customer: id,
  act: 'checkbox',
  language: 'zh-CN',
  bundleOffer: `bo-${id}`,
  decisions: pack.map((scene) => ({ purpose: 'recommendation', scene, value: 'yes' })),
})

const withdrawn = (id: string) => expect.poll(async () => (await get(`/withdrawals/${id}`)).state, { timeout: 10_000 }).toBe('completed')

function flow(key: string, nodes: readonly object[], wires: readonly string[], more: object = {}): Record<string, unknown> {
  const edges = wires.map((wire) => {
    const [from, to] = wire.split(' → ')
    return { from, to }
  })
  return { format: 'sluice/flow@1', key, name: key, nodes, edges, ...more }
}

describe('grid, lifecycle, bundles', () => {
  test('1: nothing was asked, so nothing may be done, and that is not a refusal', async () => {
    const id = await customer()
    expect(await reason(id, 'quote_push')).toMatchObject({ allowed: false, reason: 'no_grant', consent: null })
    const sheet = await get(`/customers/${id}/consents`)
    expect(sheet).toMatchObject({ mask: 0, epoch: 0, items: [] })
    expect(sheet.grid.map((square: { state: string }) => square.state)).toEqual(Array(28).fill('none'))
  })

  test('2 and X47: the pack switched on is three records, mask 35, and one epoch step', async () => {
    const id = await customer()
    const answer = (await post('/consents/decisions', offer(id))).json()
    expect(answer).toMatchObject({ consents: [expect.any(String), expect.any(String), expect.any(String)], epoch: 1, withdrawal: null })
    const sheet = await get(`/customers/${id}/consents`)
    expect(sheet).toMatchObject({ mask: 35, epoch: 1 })
    expect(sheet.items.map((it: { state: string }) => it.state)).toEqual(['given', 'given', 'given'])
  })

  test('3 and X47: the quote taken back leaves mask 33 and the two others as they were', async () => {
    const id = await withPack()
    const answer = await post('/consents/withdraw', {
      customer: id,
      purposes: ['recommendation'],
      scenes: ['quote_push'],
      channel: 'preference_page',
    })
    expect([answer.statusCode, answer.json().epoch]).toEqual([202, 2])
    const sheet = await get(`/customers/${id}/consents`)
    expect(sheet).toMatchObject({ mask: 33, epoch: 2 })
    const states = sheet.items.map((it: { scene: string; state: string }) => [it.scene, it.state])
    expect(Object.fromEntries(states)).toEqual({ test_drive: 'given', quote_push: 'withdrawn', event_invite: 'given' })
    expect(await reason(id, 'quote_push')).toMatchObject({ allowed: false, reason: 'withdrawn' })
    expect(await reason(id, 'test_drive')).toMatchObject({ allowed: true })
  })

  test('a pack that holds third-party sharing is refused whole', async () => {
    const id = await customer()
    const { decisions, ...rest } = offer(id)
    const shared = { purpose: 'third_party_sharing', scene: 'finance_plan', value: 'yes' }
    const answer = await post('/consents/decisions', { ...rest, decisions: [...decisions, shared] })
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, '/decisions/3'])
    expect(await get(`/customers/${id}/consents`)).toMatchObject({ mask: 0, epoch: 0 })
  })

  test('9: a consent is valid to its last instant, and expired at it', async () => {
    const id = await customer()
    const validUntil = new Date(Date.now() + 700).toISOString()
    const grant = { customer: id, purpose: 'recommendation', scene: 'quote_push', act: 'button', language: 'zh-CN', validUntil }
    expect((await post('/consents', grant)).statusCode).toBe(201)
    expect(await reason(id, 'quote_push')).toMatchObject({ allowed: true })
    await expect.poll(() => reason(id, 'quote_push')).toMatchObject({ allowed: false, reason: 'expired' })
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(validUntil))
    await expect.poll(async () => (await get(`/customers/${id}/consents`)).epoch).toBe(2)
  })

  test('10: sent twice with the same id is one record and one epoch step, by request and by event', async () => {
    const id = await customer()
    const grant = { customer: id, purpose: 'recommendation', scene: 'test_drive', act: 'button', language: 'zh-CN', id: 'form-7' }
    const [first, second] = await Promise.all([post('/consents', grant), post('/consents', grant)])
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 201])
    expect(second.body).toBe(first.body)
    const submitted = cloudEvent({
      type: 'consent.decision.submitted',
      source: 'mp:test-drive-form',
      subject: `sub:${id}`,
      data: {
        noticeServedId: 'ns-9',
        act: 'checkbox',
        decisions: [
          { purpose: 'recommendation', scene: 'event_invite', value: 'yes', scope: 'standing' },
          { purpose: 'risk_modelling', scene: 'finance_plan', value: 'no' },
          { purpose: 'third_party_sharing', scene: 'finance_plan', value: 'untouched' },
        ],
        bundleOfferId: 'bo-3',
      },
    })
    expect((await post('/events', submitted)).statusCode).toBe(202)
    expect((await post('/events', submitted)).statusCode).toBe(200)
    const sheet = await get(`/customers/${id}/consents`)
    expect(sheet.epoch).toBe(2)
    const cells = sheet.items.map((it: { scene: string; state: string }) => `${it.scene} ${it.state}`)
    expect(cells.sort()).toEqual(['event_invite given', 'finance_plan refused', 'test_drive given'])
  })
})

describe('sessions', () => {
  test('14: taken back for this session only, it holds in every other one', async () => {
    const id = await withPack()
    for (const session of ['se-42', 'se-43'])
      await post('/events', cloudEvent({ type: 'session.opened', subject: id, data: { id: session } }))
    const event = cloudEvent({
      type: 'consent.revocation.requested',
      source: 'mp:preference-center',
      subject: `sub:${id}`,
      data: {
        scope: { kind: 'session', sessionId: 'se-42' },
        cells: [{ purpose: 'recommendation', scene: 'quote_push' }],
        occurredAt: '2026-03-02T02:59:59.400Z',
        language: 'zh-CN',
      },
    })
    expect((await post('/events', event)).statusCode).toBe(202)
    expect(await reason(id, 'quote_push', 'se-42')).toMatchObject({ allowed: false, reason: 'session_cut' })
    expect(await reason(id, 'quote_push', 'se-43')).toMatchObject({ allowed: true })
    expect(await reason(id, 'test_drive', 'se-42')).toMatchObject({ allowed: true })
    expect((await get(`/customers/${id}/consents`)).mask).toBe(35)
  })
})

describe('revocation', () => {
  test('15 and X45: one queued message, two waiting runs and three timers are stopped, the fields freeze, the rep hears of it', async () => {
    const say = { channel: 'sms', purpose: 'recommendation', scene: 'quote_push' }
    const begin = { id: 'start', type: 'core.manual', config: {} }
    const later = { id: 'later', type: 'core.wait', config: { for: 'P3D' } }
    const text = { id: 'say', type: 'notify.customer', config: { customer: '{% event.subject %}', text: 'A quote for you', ...say } }
    const queue = { ...text, config: { ...text.config, sendAt: '2099-01-01T00:00:00Z' } }
    const on = (type: string) => ({ ...begin, type: 'core.event', config: { type } })
    const sooner = { id: 'sooner', type: 'core.wait', config: { for: 'P1D' } }
    await publish(server, flow('queued', [on('q.queued'), queue], ['start.out → say.in']))
    await publish(server, flow('chased', [on('q.chased'), later, text], ['start.out → later.in', 'later.out → say.in']))
    const both = ['start.out → later.in', 'start.out → sooner.in', 'later.out → say.in', 'sooner.out → say.in']
    await publish(server, flow('chased-twice', [on('q.chased-twice'), later, sooner, text], both))
    const id = await withPack()
    const runs: string[] = []
    for (const type of ['q.queued', 'q.chased', 'q.chased-twice'])
      runs.push((await post('/events', cloudEvent({ type, subject: id }))).json().runs[0].run)
    const stops = ['act', 'timer', 'timer timer']
    for (const [position, run] of runs.entries())
      await expect
        .poll(async () => (await get(`/runs/${run}`)).waits.map((it: { kind: string }) => it.kind).join(' '))
        .toBe(stops[position])
    await expect.poll(async () => (await get(`/messages?customer=${id}`)).items).toHaveLength(1)
    const sent = Date.now()
    const answer = (await post('/consents/withdraw', { customer: id, all: true, channel: 'preference_page' })).json()
    await withdrawn(answer.withdrawal)
    const view = await get(`/withdrawals/${answer.withdrawal}`)
    expect(view.stopped).toMatchObject({ runs: 3, timers: 3, messages: 1 })
    expect(view.escaped).toEqual([])
    expect(view.receipt).toEqual(expect.any(String))
    expect(Date.parse(view.completedAt) - sent).toBeLessThanOrEqual(90_000)
    expect(view.fenceMs).toBeLessThanOrEqual(2_000)
    for (const run of runs) expect((await get(`/runs/${run}`)).state).toBe('cancelled')
    expect((await get(`/messages?customer=${id}`)).items.map((it: { state: string }) => it.state)).toEqual(['suppressed'])
    const { fields } = await get(`/customers/${id}`)
    expect(fields).toEqual({ mobile: { $masked: 'frozen' }, email: { $masked: 'frozen' }, income: { $masked: 'frozen' } })
    const alerts = (await get('/alerts')).items.filter((it: { withdrawal: string | null }) => it.withdrawal === answer.withdrawal)
    expect(alerts).toMatchObject([{ customer: id }])
  })

  describe('from WeChat', () => {
    const token = 't0k3n'
    beforeAll(async () => {
      expect((await send('PUT', '/channels/wechat/wx13aa', { token })).statusCode).toBe(200)
      const start = { id: 'start', type: 'core.event', config: { type: 'w.care' } }
      const care = { customer: '{% event.subject %}', text: 'Hello', purpose: 'recommendation', scene: 'test_drive' }
      const nodes = ['sms', 'email'].map((channel) => ({ id: channel, type: 'notify.customer', config: { ...care, channel } }))
      const ends = ['sms', 'email'].flatMap((channel) => [
        { id: `${channel}-gone`, type: 'core.transform', config: { value: 'sent' } },
        { id: `${channel}-stopped`, type: 'core.transform', config: { value: 'blocked' } },
      ])
      const wires = ['sms', 'email'].flatMap((channel) => [
        `start.out → ${channel}.in`,
        `${channel}.out → ${channel}-gone.in`,
        `${channel}.blocked → ${channel}-stopped.in`,
      ])
      await publish(server, flow('care', [start, ...nodes, ...ends], wires))
    })

    function push(openid: string, event: object) {
      const [timestamp, nonce] = ['1772420399', 'n0nce']
      const signature = createHash('sha1').update([timestamp, nonce, token].sort().join('')).digest('hex')
      const body = { ToUserName: 'gh_1', FromUserName: openid, CreateTime: '1772420399', MsgType: 'event', OpenID: openid, AppID: 'wx13aa' }
      return post(`/channels/wechat/wx13aa?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`, { ...body, ...event })
    }

    test('16: the mobile number taken back stops SMS in every scene and leaves e-mail alone', async () => {
      const id = await withPack({ mobile: '13800138001', email: 'a@example.com', wechat: 'o-16' })
      const answer = await push('o-16', { Event: 'user_authorization_revoke', RevokeInfo: '8' })
      expect([answer.statusCode, answer.body]).toEqual([200, 'success'])
      const { fields } = await get(`/customers/${id}`)
      expect(fields).toMatchObject({ mobile: { $masked: 'frozen' }, email: 'a@example.com' })
      for (const scene of pack) {
        const may = async (channel: string) =>
          (await post('/consents/check', { customer: id, purpose: 'recommendation', scene, channel })).json()
        expect(await may('sms')).toMatchObject({ allowed: false, reason: 'category_withdrawn' })
        expect(await may('call')).toMatchObject({ allowed: false, reason: 'category_withdrawn' })
        expect(await may('email')).toMatchObject({ allowed: true })
      }
      const [{ run }] = (await post('/events', cloudEvent({ type: 'w.care', subject: id }))).json().runs
      await expect.poll(async () => (await get(`/runs/${run}`)).state).toBe('succeeded')
      const entries = (await get(`/runs/${run}/journal`)).items.filter((it: { kind: string }) => it.kind === 'node.completed')
      const passed = entries.map((it: { node: string }) => it.node)
      expect(passed).toEqual(expect.arrayContaining(['sms-stopped', 'email-gone']))
      expect(passed).not.toContain('sms-gone')
    })

    test('18: an account closed there withdraws all, and its erasure is due in 15 days', async () => {
      const id = await withPack({ mobile: '13800138002', wechat: 'o-18' })
      expect((await push('o-18', { Event: 'user_authorization_cancellation' })).body).toBe('success')
      const [row] = (await get('/withdrawals')).items.filter((it: { customer: string }) => it.customer === id)
      const view = await get(`/withdrawals/${row.id}`)
      expect(view.scope).toMatchObject({ all: true })
      expect(Date.parse(view.erasureDueAt) - Date.parse(view.receivedAt)).toBe(15 * 86_400_000)
      expect((await get(`/customers/${id}/consents`)).mask).toBe(0)
      expect((await push('o-18', { Event: 'user_authorization_cancellation' })).body).toBe('success')
      expect((await get('/withdrawals')).items.filter((it: { customer: string }) => it.customer === id)).toHaveLength(1)
    })
  })

  test('25: an invoice on its way is still sent when all marketing is taken back, without the promotion', async () => {
    const start = { id: 'start', type: 'core.event', config: { type: 'i.invoice' } }
    const paid = {
      id: 'paid',
      type: 'core.wait-event',
      config: { type: 'i.paid', key: '{% event.subject %}', match: '{% event.subject %}' },
    }
    const may = {
      id: 'may',
      type: 'consent.check',
      config: { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' },
    }
    const letter = { customer: '{% event.subject %}', channel: 'email', purpose: 'service_delivery', scene: 'aftersales_care' }
    const plain = { id: 'plain', type: 'notify.customer', config: { ...letter, text: 'Your invoice.' } }
    const warm = { id: 'warm', type: 'notify.customer', config: { ...letter, text: 'Your invoice. And 5 % off!' } }
    const own = {
      id: 'own',
      type: 'consent.check',
      config: { customer: '{% event.subject %}', purpose: 'service_delivery', scene: 'aftersales_care' },
    }
    const wires = ['start.out → paid.in', 'paid.out → own.in', 'own.granted → may.in', 'may.granted → warm.in', 'may.denied → plain.in']
    await publish(server, flow('invoice', [start, paid, own, may, plain, warm], wires))
    const id = await withPack()
    await post('/consents', { customer: id, purpose: 'service_delivery', scene: 'aftersales_care', act: 'signature', language: 'zh-CN' })
    const [{ run }] = (await post('/events', cloudEvent({ type: 'i.invoice', subject: id }))).json().runs
    await expect.poll(async () => (await get(`/runs/${run}`)).state).toBe('waiting')
    const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing']
    const answer = (await post('/consents/withdraw', { customer: id, purposes, channel: 'preference_page' })).json()
    await withdrawn(answer.withdrawal)
    expect((await get(`/runs/${run}`)).state).toBe('waiting')
    await post('/events', cloudEvent({ type: 'i.paid', subject: id }))
    await expect.poll(async () => (await get(`/runs/${run}`)).state).toBe('succeeded')
    expect((await get(`/messages?customer=${id}`)).items).toMatchObject([{ text: 'Your invoice.', channel: 'email' }])
  })
})

describe('masking', () => {
  let mask: (text: string, more?: object) => Promise<string>
  beforeAll(async () => {
    const node = (id: string, more: object) => ({ id, type: 'masking.mask-text', config: { text: '{% input %}', ...more } })
    for (const [key, more] of [
      ['view', {}],
      ['prompt', { style: 'placeholder' }],
    ] as const) {
      const nodes = [
        { id: 'start', type: 'core.manual', config: {} },
        node('mask', more),
        { id: 'end', type: 'core.stop', config: { output: '{% input.text %}' } },
      ]
      await publish(server, flow(`mask-${key}`, nodes, ['start.out → mask.in', 'mask.out → end.in']))
    }
    mask = async (text, more = {}) => {
      const key = 'style' in more ? 'prompt' : 'view'
      return (await post(`/flows/mask-${key}/runs`, { input: text, wait: 5_000 })).json().output
    }
  })

  test.each([
    ['40', '手机13800138000,身份证11010519491231002X', '手机138****8000,身份证110*************2X'],
    ['41', '卡号4111111111111111', '卡号411111******1111'],
    ['42', 'DE89370400440532013000', 'DE89**************3000'],
    ['45', '１３８００１３８０００', '１３８****８０００'],
    ['45', '138-0013-8000', '138-****-8000'],
  ])('%s: %s is shown as %s', async (_no, text, shown) => {
    expect(await mask(text)).toBe(shown)
  })

  test('40: a number that is no resident ID is still hidden before a model sees it', async () => {
    expect(await mask('身份证110105194912310021', { style: 'placeholder' })).not.toContain('110105194912310021')
  })
})

describe('the log', () => {
  const sha256 = (...parts: readonly (Buffer | string)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
  /** RFC 6962 §2.1, as it stands there. */
  function treeHash(leaves: readonly string[]): Buffer {
    if (leaves.length === 1) return sha256(Buffer.from([0]), leaves[0] ?? '')
    const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
    return sha256(Buffer.from([1]), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
  }

  test('51: a reader with the document alone comes to the same hash of each entry and the same root of the tree', async () => {
    const entries: Record<string, unknown>[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { items: Record<string, unknown>[]; next: string | null } = await get(
        `/audit?limit=7${next === '' ? '' : `&cursor=${next}`}`,
      )
      entries.push(...page.items)
      next = page.next
    }
    entries.reverse()
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, position) => position + 1))
    let before = Buffer.alloc(32)
    const leaves = entries.map(({ prevHash, entryHash, payload: _, ...entry }) => {
      const leaf = canonicalize(entry) ?? ''
      expect(prevHash).toBe(before.toString('hex'))
      before = sha256(before, leaf)
      expect(entryHash).toBe(before.toString('hex'))
      return leaf
    })
    const proof = await get(`/audit/proof/${entries.length}`)
    expect(proof).toMatchObject({ treeSize: entries.length, leaf: leaves.at(-1), root: treeHash(leaves).toString('hex') })
    expect(await get('/audit/verify')).toMatchObject({ ok: true })
  })

  test('51: the example of the document gives its hashes', () => {
    const actor = 'cust:c-1001'
    const leaves = [
      { actor, at: '2026-03-02T02:00:00.000Z', kind: 'consent.granted', ref: 'cr-1', seq: 1 },
      { actor, at: '2026-03-02T03:00:00.000Z', kind: 'consent.revoked', ref: 'cr-1', seq: 2 },
      { actor: 'sys:sluice', at: '2026-03-02T03:00:01.200Z', kind: 'crm.fields_frozen', ref: 'rv-1', seq: 3 },
    ].map((entry) => canonicalize(entry) ?? '')
    const hashes: Buffer[] = []
    for (const leaf of leaves) hashes.push(sha256(hashes.at(-1) ?? Buffer.alloc(32), leaf))
    expect(hashes.map((hash) => hash.toString('hex').slice(0, 8))).toEqual(['a442fa27', '4ed9e7e7', '91d61d1d'])
    expect(merkleRoot(leaves).toString('hex')).toBe('3f934ce330626ea4cc5486c8a3652bb7f2c8ad807cbed784c183321061a91b52')
  })
})

describe('publishing', () => {
  const start = { id: 'start', type: 'core.event', config: { type: 'p.x' } }
  const use = { purpose: 'recommendation', scene: 'quote_push' }
  const gate = (scene: string) => ({
    id: 'may',
    type: 'consent.check',
    config: { customer: '{% event.subject %}', purpose: 'recommendation', scene },
  })
  const read = { id: 'read', type: 'crm.get-customer', config: { customer: '{% event.subject %}', ...use } }
  const provider = {
    id: 'sms',
    type: 'core.http-request',
    config: { method: 'POST', url: 'https://sms.example/send', body: '{% {"to": nodes.read.fields.mobile} %}' },
  }
  const sms = {
    id: 'sms',
    type: 'notify.customer',
    config: { customer: '{% event.subject %}', channel: 'sms', text: 'A quote for you', ...use },
  }

  test.each([
    ['by a provider, with no question on the way', [start, read, provider], ['start.out → read.in', 'read.out → sms.in'], 1],
    ['behind the question for another scene', [start, gate('test_drive'), sms], ['start.out → may.in', 'may.granted → sms.in'], 1],
  ] as const)('54: a message %s is not published, and the wire it takes is named', async (_name, nodes, wires, edge) => {
    const draft = flow('unguarded', nodes, wires)
    await send('PUT', '/flows/unguarded', draft)
    const refused = await post('/flows/unguarded/publish')
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([422, 'application/problem+json; charset=utf-8'])
    expect(refused.json().problems).toMatchObject([{ code: 'SLU_FLOW_CONSENT', severity: 'error', node: 'sms', way: { edges: [edge] } }])
    const checked = (await post('/flows/unguarded/validate', draft)).json()
    expect(checked.proofs.find((it: { rule: string }) => it.rule === 'consent')).toMatchObject({ holds: false })
  })

  test('54: with the question for its own scene it is', async () => {
    await publish(server, flow('guarded', [start, gate('quote_push'), sms], ['start.out → may.in', 'may.granted → sms.in']))
  })
})
