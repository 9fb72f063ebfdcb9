import type { JsonObject } from '@sluice/sdk'
import { callRoute, flow, testCaller, testWorld, type World } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { corePack } from '../../core/index.ts'
import { coreServer } from '../../core/server/index.ts'
import { receipts, tasks } from '../domain/tables.ts'
import { approvalsPack } from '../index.ts'
import { approvalsServer } from './index.ts'

const director = testCaller('u-director', ['director'])
const other = testCaller('u-other', ['rep'], { rep: 'r-1' })
const admin = testCaller('u-admin', ['admin'])

const form = { type: 'object', properties: { note: { type: 'string', maxLength: 10 } }, required: ['note'], additionalProperties: false }

/** Runs one approval; every way out ends in a step of its own name. */
function drawn(type: string, config: object, ports: readonly string[]) {
  const drawing = flow('case')
    .node('start', 'core.event', { type: 'go' })
    .node('ask', type, { ...config })
    .wire('start', 'ask')
  for (const port of ports) drawing.node(`to-${port}`, 'core.stop').wire(`ask.${port}`, `to-${port}`)
  return drawing.build()
}

function asked(config: object = {}, subject: string | null = null) {
  const task = { title: 'Discount for Li Lei', assignee: 'role:director', due: 'PT4H', form, ...config }
  const it = testWorld({
    packs: [corePack, approvalsPack],
    servers: [coreServer, approvalsServer],
    flows: [drawn('approvals.task', task, ['approve', 'reject', 'expired'])],
  })
  const [run = ''] = it.send('go', { amount: 5, customer: { name: 'Li Lei', mobile: '13800138000' } }, subject)
  return { it, run, id: taskId(it) }
}

function taskId(it: World): string {
  return it.store.records.list(tasks)[0]?.id ?? ''
}

const read = async (it: World, id: string, caller = director) => (await callRoute(it, approvalsServer, `GET /tasks/${id}`, caller)).body
const answer = async (it: World, id: string, body: JsonObject, caller = director) => {
  const shownHash = body.shownHash ?? it.store.records.find(tasks, { id })?.shownHash ?? ''
  return (await callRoute(it, approvalsServer, `POST /tasks/${id}/answer`, caller, { body: { ...body, shownHash } })).body
}

describe('a task', () => {
  test('waits in the inbox with what is shown and its hash', async () => {
    const { it, run, id } = asked()
    expect(it.run(run).status).toBe('waiting')
    const { items } = (await callRoute(it, approvalsServer, 'GET /tasks', director)).body
    expect(items).toMatchObject([
      { id, run, node: 'ask', title: 'Discount for Li Lei', state: 'open', actions: ['approve', 'reject'], mayAnswer: true },
    ])
    expect(await read(it, id)).toMatchObject({ form, dueAt: '2026-03-02T07:00:00.000Z' })
    expect((await read(it, id)).shownHash).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  test('whose title was written in both languages keeps both, filled in, for each reader to see their own', async () => {
    const { it, id } = asked({
      title: { en: 'Discount for {{ event.data.customer.name }}', 'zh-CN': '给{{ event.data.customer.name }}的优惠' },
    })
    // The title stays one text, for clients that know of one.
    const both = { title: 'Discount for Li Lei · 给Li Lei的优惠', titles: { en: 'Discount for Li Lei', 'zh-CN': '给Li Lei的优惠' } }
    expect(await read(it, id)).toMatchObject(both)
    expect((await callRoute(it, approvalsServer, 'GET /tasks', director)).body.items).toMatchObject([both])
  })

  test('loses what a withdrawal takes from its title in both languages', async () => {
    const both = { en: 'Call {{ event.data.customer.mobile }}', 'zh-CN': '致电 {{ event.data.customer.mobile }}' }
    const { it, id } = asked({ title: both }, 'c-1')
    it.command('tasks.redact', { subject: 'c-1' })
    expect(JSON.stringify(it.store.records.find(tasks, { id }))).not.toContain('13800138000')
  })

  test.each([
    ['a day ends', 'PT10H', '2026-03-03T04:00:00.000Z'],
    ['weekends pass', 'P5D', '2026-03-09T03:00:00.000Z'],
    ['Monday is a holiday', 'P25D', '2026-04-07T03:00:00.000Z'],
    ['a Saturday is worked', 'P46D', '2026-05-09T03:00:00.000Z'],
  ])('a time limit in working time is later when %s', async (_, due, dueAt) => {
    const { it, id } = asked({ due, calendar: 'cn' })
    expect(await read(it, id)).toMatchObject({ dueAt })
  })

  describe('in a calendar of the workspace', () => {
    const shop = {
      id: 'shop',
      label: { en: 'Shop', 'zh-CN': '门店' },
      timeZone: 'Asia/Shanghai',
      weekdays: [1, 2, 3, 4, 5, 6],
      hours: [
        [600, 720],
        [780, 1_140],
      ],
      holidays: ['2026-03-03'],
      shifted: ['2026-03-08'],
    }
    const begin = (due: string, calendar: object | null) => {
      const it = testWorld({
        packs: [corePack, approvalsPack],
        servers: [coreServer, approvalsServer],
        flows: [
          drawn('approvals.task', { title: 'Discount', assignee: 'role:director', due, form, calendar: 'shop' }, ['approve', 'expired']),
        ],
      })
      if (calendar !== null) it.command('core.calendar.save', calendar as never)
      const [run = ''] = it.send('go', { amount: 5 }, null)
      return { it, run }
    }

    // Monday at 11; the shop is closed from 12 to 13, shuts at 19, has Tuesday off and works on Sunday.
    test.each([
      ['a noon break passes', 'PT2H', '2026-03-02T06:00:00.000Z'],
      ['its own holiday passes', 'PT8H', '2026-03-04T03:00:00.000Z'],
      ['a Saturday and a Sunday are worked', 'P6D', '2026-03-09T03:00:00.000Z'],
    ])('a task is due later when %s, and expires then', async (_, due, dueAt) => {
      const { it, run } = begin(due, shop)
      expect(await read(it, taskId(it))).toMatchObject({ dueAt })
      it.advance(Date.parse(dueAt) - Date.parse('2026-03-02T03:00:00Z') - 1)
      expect(it.run(run).status).toBe('waiting')
      it.advance(1)
      expect(it.run(run).status).toBe('succeeded')
      expect(await read(it, taskId(it))).toMatchObject({ state: 'expired' })
    })

    test('a task that is open keeps its due date when the calendar changes or goes; the next one counts by what is there then', async () => {
      const { it } = begin('PT2H', shop)
      const id = taskId(it)
      it.command('core.calendar.save', { ...shop, hours: [[600, 1_140]] } as never)
      it.send('go', { amount: 6 }, null)
      const due = it.store.records.list(tasks, { orderBy: [['id', 'asc']] }).map(({ dueAt }) => new Date(dueAt ?? 0).toISOString())
      expect(due).toEqual(['2026-03-02T06:00:00.000Z', '2026-03-02T05:00:00.000Z'])
      it.command('core.calendar.remove', { id: 'shop' } as never)
      expect(await read(it, id)).toMatchObject({ dueAt: '2026-03-02T06:00:00.000Z', state: 'open' })
      const [late = ''] = it.send('go', { amount: 7 }, null)
      expect(Object.values(it.run(late).tokens)).toMatchObject([{ error: { code: 'SLU_CALENDAR_UNKNOWN' } }])
    })
  })

  test('an answer leads the run on by the port of its name, with data and person', async () => {
    const { it, run, id } = asked()
    expect(await answer(it, id, { action: 'approve', data: { note: 'fine' } })).toMatchObject({ state: 'answered', action: 'approve' })
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { action: 'approve', data: { note: 'fine' }, by: 'u-director' } })
  })

  test.each<[string, JsonObject, typeof director, string, number]>([
    ['somebody else may not', { action: 'approve', data: { note: 'x' } }, other, 'SLU_TASK_NOT_YOURS', 403],
    [
      'what has changed since it was shown is refused',
      { action: 'approve', data: { note: 'x' }, shownHash: 'sha256:0' },
      director,
      'SLU_TASK_CHANGED',
      409,
    ],
    ['an action that is not on offer is refused', { action: 'maybe', data: { note: 'x' } }, director, 'SLU_TASK_ACTION', 422],
    ['a form that is not filled in is refused', { action: 'approve' }, director, 'SLU_TASK_DATA', 422],
    ['a text longer than the form allows is refused', { action: 'approve', data: { note: '01234567890' } }, director, 'SLU_TASK_DATA', 422],
    ['a field the form does not know is refused', { action: 'approve', data: { note: 'x', admin: true } }, director, 'SLU_TASK_DATA', 422],
  ])('%s, and nothing changes', async (_name, body, caller, code, status) => {
    const { it, run, id } = asked()
    await expect(answer(it, id, body, caller)).rejects.toMatchObject({ code, status })
    expect(it.run(run).status).toBe('waiting')
    expect(it.store.records.find(tasks, { id })?.state).toBe('open')
  })

  test('a second answer is refused', async () => {
    const { it, id } = asked()
    await answer(it, id, { action: 'approve', data: { note: 'x' } })
    await expect(answer(it, id, { action: 'reject', data: { note: 'x' } })).rejects.toMatchObject({ code: 'SLU_TASK_CLOSED', status: 409 })
  })

  test('an unknown task is not found', async () => {
    const { it } = asked()
    await expect(read(it, 'nope')).rejects.toMatchObject({ status: 404 })
  })

  test('expires with its time limit, and a late answer is refused', async () => {
    const { it, run, id } = asked()
    it.advance(4 * 3_600_000)
    expect(Object.keys(it.run(run).outputs)).toContain('ask')
    expect(it.run(run).status).toBe('succeeded')
    expect(it.store.records.find(tasks, { id })?.state).toBe('expired')
    await expect(answer(it, id, { action: 'approve', data: { note: 'x' } })).rejects.toMatchObject({ status: 409 })
  })

  test.each(['answer', 'timer'])('answered in the very millisecond it expires (%s first): it has expired, once', async (first) => {
    const { it, run, id } = asked()
    const late = () => expect(answer(it, id, { action: 'approve', data: { note: 'x' } })).rejects.toMatchObject({ status: 409 })
    it.jump(it.now() + 4 * 3_600_000)
    if (first === 'answer') await late()
    it.engine.fireDue()
    if (first === 'timer') await late()
    expect(it.run(run).status).toBe('succeeded')
    expect(it.store.records.find(tasks, { id })).toMatchObject({ state: 'expired', answeredBy: null })
    await late()
  })

  test('answered a millisecond before: it is answered, and its time says nothing any more', async () => {
    const { it, run, id } = asked()
    it.jump(it.now() + 4 * 3_600_000 - 1)
    await answer(it, id, { action: 'approve', data: { note: 'x' } })
    it.advance(10)
    expect(it.store.records.find(tasks, { id })).toMatchObject({ state: 'answered', action: 'approve' })
    expect(it.run(run).status).toBe('succeeded')
  })

  test('is cancelled with its run', () => {
    const { it, run, id } = asked()
    it.command('engine.run.cancel', { run })
    expect(it.store.records.find(tasks, { id })?.state).toBe('cancelled')
  })

  test('an admin may step in', async () => {
    const { it, run, id } = asked()
    await answer(it, id, { action: 'reject', data: { note: 'x' } }, admin)
    expect(it.run(run).status).toBe('succeeded')
  })

  test('once claimed, others keep off until it is passed on', async () => {
    const { it, run, id } = asked({ assignee: 'director' })
    const second = testCaller('u-second', ['director'])
    await callRoute(it, approvalsServer, `POST /tasks/${id}/claim`, director)
    await expect(callRoute(it, approvalsServer, `POST /tasks/${id}/claim`, second)).rejects.toMatchObject({ code: 'SLU_TASK_CLAIMED' })
    await expect(answer(it, id, { action: 'approve', data: { note: 'x' } }, second)).rejects.toMatchObject({ code: 'SLU_TASK_CLAIMED' })
    await callRoute(it, approvalsServer, `POST /tasks/${id}/transfer`, director, { body: { to: 'user:u-second' } })
    await expect(answer(it, id, { action: 'approve', data: { note: 'x' } }, director)).rejects.toMatchObject({ status: 403 })
    await answer(it, id, { action: 'approve', data: { note: 'x' } }, second)
    expect(it.run(run).status).toBe('succeeded')
  })

  test('shows its content only to whoever may answer', async () => {
    const { it, id } = asked()
    const analyst = testCaller('u-analyst', ['analyst'])
    expect((await read(it, id)).shown).toMatchObject({ amount: 5 })
    expect((await read(it, id, analyst)).shown).toEqual({ $masked: 'policy' })
    await expect(read(it, id, other)).rejects.toMatchObject({ status: 404 })
    expect((await callRoute(it, approvalsServer, 'GET /tasks', other)).body.items).toEqual([])
  })

  test('when consent is withdrawn its personal fields vanish, and the old picture can no longer be approved', async () => {
    const { it, id } = asked({}, 'c-1')
    const { shownHash = '' } = await read(it, id)
    expect(it.command('tasks.redact', { subject: 'c-1' })).toEqual({ tasks: 1 })
    const after = await read(it, id)
    expect(JSON.stringify(after.shown)).not.toMatch(/Li Lei|138/)
    expect(after).toMatchObject({ redacted: true, shown: { amount: 5, customer: { name: { $masked: 'no_consent' } } } })
    await expect(answer(it, id, { action: 'approve', data: { note: 'x' }, shownHash })).rejects.toMatchObject({ code: 'SLU_TASK_CHANGED' })
    await answer(it, id, { action: 'approve', data: { note: 'x' } })
  })

  test('whoever filled in an earlier form may not pass four eyes', async () => {
    const drawing = flow('two')
      .node('start', 'core.event', { type: 'go' })
      .node('fill', 'approvals.task', { title: 'Fill', assignee: 'role:director', actions: ['done'] })
      .node('check', 'approvals.task', { title: 'Check', assignee: 'role:director', fourEyes: true })
      .wire('start', 'fill')
      .wire('fill.done', 'check')
      .build()
    const it = testWorld({ packs: [corePack, approvalsPack], servers: [coreServer, approvalsServer], flows: [drawing] })
    it.send('go')
    await answer(it, taskId(it), { action: 'done', data: { amount: 3 } })
    const check = it.store.records.list(tasks, { where: { node: 'check' } })[0]?.id ?? ''
    await expect(answer(it, check, { action: 'approve' })).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
    await answer(it, check, { action: 'approve' }, testCaller('u-second', ['director']))
  })
})

describe('the veto', () => {
  const value = { customer: 'c-1', amount: 50_000, currency: 'CNY' }

  function vetoing(config: object = {}) {
    const veto = { value, approver: 'role:director', validFor: 'PT1H', ...config }
    const it = testWorld({
      packs: [corePack, approvalsPack],
      servers: [coreServer, approvalsServer],
      flows: [drawn('approvals.veto', veto, ['approved', 'vetoed', 'expired'])],
    })
    const [run = ''] = it.send('go')
    return { it, run, id: taskId(it) }
  }
  const spend = (it: World, receipt: unknown, what: object = value) =>
    it.command('approvals.spend', { receipt, value: what, by: 'run:node' })
  const approve = async () => {
    const made = vetoing()
    await answer(made.it, made.id, { action: 'approve' })
    return { ...made, receipt: (made.it.run(made.run).output as JsonObject).receipt as JsonObject }
  }

  test('an approval gives the value with a receipt bound to it', async () => {
    const { it, run, receipt } = await approve()
    expect(it.run(run).output).toMatchObject({ ...value, value, receipt: { by: 'u-director', validUntil: '2026-03-02T04:00:00.000Z' } })
    expect(spend(it, receipt)).toMatchObject({ state: 'used', usedBy: 'run:node' })
  })

  test('a receipt pays once', async () => {
    const { it, receipt } = await approve()
    spend(it, receipt)
    expect(() => spend(it, receipt)).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_SPENT' }))
  })

  test.each([
    ['another amount', { ...value, amount: 50_001 }],
    ['another customer', { ...value, customer: 'c-2' }],
    ['more than was approved', { ...value, bonus: 1 }],
    ['an amount as text', { ...value, amount: '50000' }],
    ['nothing at all', {}],
  ])('%s is not what was approved', async (_name, what) => {
    const { it, receipt } = await approve()
    expect(() => spend(it, receipt, what)).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_VALUE' }))
    expect(spend(it, receipt)).toMatchObject({ state: 'used' })
  })

  test('a receipt made up on the wire is worth nothing', async () => {
    const { it, receipt } = await approve()
    expect(() => spend(it, { ...receipt, id: 'made-up' })).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_UNKNOWN' }))
    expect(() => spend(it, null)).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_UNKNOWN' }))
  })

  test('a receipt expires', async () => {
    const { it, receipt } = await approve()
    it.advance(3_600_000)
    expect(() => spend(it, receipt)).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_EXPIRED' }))
  })

  test('a veto stops the value and says why', async () => {
    const { it, run, id } = vetoing()
    await answer(it, id, { action: 'veto', data: { reason: 'too much' } })
    expect(it.run(run).output).toMatchObject({ value, by: 'u-director', reason: 'too much' })
    expect(it.store.records.count(receipts)).toBe(0)
  })

  test('a veto after the approval still wins while nothing was paid', async () => {
    const { it, id, receipt } = await approve()
    await answer(it, id, { action: 'veto' }, testCaller('u-second', ['director']))
    expect(() => spend(it, receipt)).toThrowError(expect.objectContaining({ code: 'SLU_RECEIPT_SPENT' }))
  })

  test('a token approves no money, nor does an admin who is not named', async () => {
    const { it, id } = vetoing()
    await expect(answer(it, id, { action: 'approve' }, testCaller('t-1', ['director'], { kind: 'token' }))).rejects.toMatchObject({
      code: 'SLU_VETO_NEEDS_PERSON',
    })
    await expect(answer(it, id, { action: 'approve' }, admin)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS', status: 403 })
  })

  test('nobody approves their own proposal, by whatever name they are called', async () => {
    const rep = testCaller('u-rep', ['director'], { rep: 'r-9' })
    for (const author of ['u-rep', 'user:u-rep', 'r-9', 'rep:r-9']) {
      const { it, id } = vetoing({ author })
      await expect(answer(it, id, { action: 'approve' }, rep)).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
    }
  })

  test('whoever started the run by hand does not approve it, nor a run that run called', async () => {
    const parent = flow('parent').node('start', 'core.manual').node('call', 'core.call', { flow: 'child' }).wire('start', 'call').build()
    const child = flow('child')
      .node('start', 'core.manual')
      .node('ask', 'approvals.veto', { value, approver: 'role:director' })
      .wire('start', 'ask')
      .build()
    const it = testWorld({ packs: [corePack, approvalsPack], servers: [coreServer, approvalsServer], flows: [parent, child] })
    for (const started of ['child', 'parent']) {
      it.command('engine.run.start', { flow: started }, director.actor)
      const open = it.store.records.list(tasks, { where: { state: 'open' } })[0]?.id ?? ''
      await expect(answer(it, open, { action: 'approve' })).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
      await answer(it, open, { action: 'approve' }, testCaller('u-second', ['director']))
    }
  })

  describe('whoever had a word in the value does not approve it', () => {
    const veto = { value: '{% {"amount": input.data.amount} %}', approver: 'role:director' }
    const world = (...flows: Parameters<typeof testWorld>[0]['flows'] & object) =>
      testWorld({ packs: [corePack, approvalsPack], servers: [coreServer, approvalsServer], flows })
    const openIn = (it: World, kind: 'task' | 'veto') => it.store.records.list(tasks, { where: { state: 'open', kind } })[0]?.id ?? ''
    const expectOwn = async (it: World) => {
      const id = openIn(it, 'veto')
      await expect(answer(it, id, { action: 'approve' })).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
      await answer(it, id, { action: 'approve' }, testCaller('u-second', ['director']))
    }
    const fill = { title: 'How much?', assignee: 'role:director', actions: ['done'] }
    const filled = async (it: World) => answer(it, openIn(it, 'task'), { action: 'done', data: { amount: 9_000 } })

    test('by a form in a flow that was called', async () => {
      const asking = flow('asking')
        .node('start', 'core.manual')
        .node('fill', 'approvals.task', fill)
        .wire('start', 'fill')
        .node('end', 'core.stop', { output: '{% input %}' })
        .wire('fill.done', 'end')
        .build()
      const paying = flow('paying').node('start', 'core.event', { type: 'go' }).node('call', 'core.call', { flow: 'asking' })
      const it = world(asking, paying.node('ask', 'approvals.veto', veto).wire('start', 'call').wire('call', 'ask').build())
      it.send('go')
      await filled(it)
      await expectOwn(it)
    })

    test('by a form in the flow that called', async () => {
      const paying = flow('paying').node('start', 'core.manual').node('ask', 'approvals.veto', veto).wire('start', 'ask').build()
      const asking = flow('asking')
        .node('start', 'core.event', { type: 'go' })
        .node('fill', 'approvals.task', fill)
        .node('call', 'core.call', { flow: 'paying' })
        .wire('start', 'fill')
        .wire('fill.done', 'call')
        .build()
      const it = world(paying, asking)
      it.send('go')
      await filled(it)
      await expectOwn(it)
    })

    const inOne = () =>
      flow('one')
        .node('start', 'core.manual')
        .node('fill', 'approvals.task', fill)
        .node('ask', 'approvals.veto', veto)
        .wire('start', 'fill')
        .wire('fill.done', 'ask')
        .build()
    const rerunByOther = (it: World, run: string, node: string) => {
      const { shown } = it.command('engine.run.preview-rerun', { run, node }) as { shown: string }
      it.command('engine.run.rerun', { run, node, shown, repeat: [] }, { kind: 'user', id: 'u-operator' })
    }

    test('by a form of the run that somebody else took up again', async () => {
      const it = world(inOne())
      const { run } = it.command('engine.run.start', { flow: 'one' }, { kind: 'token', id: 't' }) as { run: string }
      await filled(it)
      rerunByOther(it, run, 'ask')
      await expectOwn(it)
    })

    test('by having started the run that somebody else took up again', async () => {
      const direct = flow('direct')
        .node('start', 'core.manual')
        .node('ask', 'approvals.veto', { ...veto, value })
        .wire('start', 'ask')
      const it = world(direct.build())
      const { run } = it.command('engine.run.start', { flow: 'direct' }, director.actor) as { run: string }
      rerunByOther(it, run, 'ask')
      await expectOwn(it)
    })

    test('by stating what a skipped step gave', async () => {
      const broken = flow('broken')
        .node('start', 'core.event', { type: 'go' })
        .node('price', 'core.call', { flow: 'nowhere' })
        .node('ask', 'approvals.veto', veto)
        .wire('start', 'price')
        .wire('price', 'ask')
      const it = world(broken.build())
      const [run = ''] = it.send('go')
      const skip = { run, token: 't1', port: 'out', data: { data: { amount: 9_000 } }, reason: 'by phone' }
      it.command('engine.run.skip', skip, director.actor)
      await expectOwn(it)
    })

    test('by sending the event the run waited for', async () => {
      const waiting = flow('waiting')
        .node('start', 'core.event', { type: 'go' })
        .node('wait', 'core.wait-event', { type: 'priced', key: '{% "k" %}', match: '"k"' })
        .node('ask', 'approvals.veto', { ...veto, value: '{% {"amount": input.amount} %}' })
        .wire('start', 'wait')
        .wire('wait', 'ask')
      const it = world(waiting.build())
      it.send('go')
      const event = {
        id: 'e-price',
        source: 'test',
        type: 'priced',
        subject: null,
        time: '2026-03-02T03:00:00.000Z',
        data: { amount: 9_000 },
      }
      it.engine.execute([{ kind: 'event', actor: director.actor, event }])
      await expectOwn(it)
    })

    test('agreeing without a word is no authorship', async () => {
      const it = world(inOne())
      it.command('engine.run.start', { flow: 'one' }, { kind: 'token', id: 't' })
      await answer(it, openIn(it, 'task'), { action: 'done' })
      await answer(it, openIn(it, 'veto'), { action: 'approve' })
    })
  })

  test('a forwarded veto decides nothing: only an admin passes it on, and not to its author', async () => {
    const { it, id } = vetoing({ author: 'u-rep' })
    const transfer = (to: string, caller: typeof director) =>
      callRoute(it, approvalsServer, `POST /tasks/${id}/transfer`, caller, { body: { to } })
    await expect(transfer('user:u-friend', director)).rejects.toMatchObject({ status: 403 })
    await expect(transfer('user:u-rep', admin)).rejects.toMatchObject({ code: 'SLU_TASK_OWN' })
    await transfer('user:u-second', admin)
    await answer(it, id, { action: 'approve' }, testCaller('u-second'))
  })

  test('silence is no approval', () => {
    const { it, run } = vetoing()
    it.advance(3_600_000)
    expect(it.run(run).status).toBe('succeeded')
    expect(it.store.records.count(receipts)).toBe(0)
  })
})
