import { lettersTable } from '@sluice/engine/worker'
import { defineNode, definePack, type Json, words } from '@sluice/sdk'
import { definePackServer, type StepContext } from '@sluice/sdk/server'
import { flow, testCaller, testWorld, type World } from '@sluice/sdk/testing'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { corePack } from '../../core/index.ts'
import { coreServer } from '../../core/server/index.ts'
import { approvalsPack } from '../index.ts'
import { approvalsServer } from './index.ts'
import { director, handsOn } from './testing/case.ts'

/** A step of some pack that emits what came in: a way from one flow to another that no wire shows. */
const tell = defineNode({
  type: 'told.tell',
  version: 1,
  label: words('Tell', '告知'),
  summary: words('Emits what came in.', '发出收到的内容。'),
  keywords: [],
  category: 'flow',
  silhouette: 'action',
  icon: 'send',
  config: Type.Object({}, { additionalProperties: false }),
  ports: [{ name: 'out', label: words('Told', '已告知') }],
  effect: 'internal',
  sentence: () => '',
})
const toldPack = definePack({ id: 'told', label: words('Told', '告知'), requires: [], nodes: [tell] })
const toldServer = definePackServer({
  id: 'told',
  tables: [],
  steps: {
    'told.tell': ({ emit, input }: StepContext) => {
      emit({ source: 'told', type: 'told', data: input })
      return { kind: 'output', port: 'out', data: null }
    },
  },
})

const world = (...flows: Parameters<typeof testWorld>[0]['flows'] & object) =>
  testWorld({ packs: [corePack, approvalsPack, toldPack], servers: [coreServer, approvalsServer, toldServer], flows })
const second = testCaller('u-second', ['director'])
const askedFor = (value: string) => ({ value: `{% {"amount": ${value}} %}`, approver: 'role:director' })
const form = { title: 'How much?', assignee: 'role:director', actions: ['done'] }

function sentBy(it: World, type: string, data: Json, id: string): void {
  const event = { id: `e-${type}-${id}`, source: 'test', type, subject: null, time: '2026-03-02T03:00:00.000Z', data }
  it.engine.execute([{ kind: 'event', actor: { kind: 'user', id }, event }])
}

/** The director, whose words are in the amount, may not; another one may. */
async function expectOwn(it: World, other = second): Promise<void> {
  const { openOf, answer } = handsOn(it)
  await expect(answer(openOf('role:director'), 'approve', director)).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
  await answer(openOf('role:director'), 'approve', other)
}

test('who sent an event before the run waited for it does not approve its amount', async () => {
  const waiting = flow('waiting')
    .node('start', 'core.event', { type: 'go' })
    .node('pause', 'core.wait', { for: 'PT1M' })
    .node('wait', 'core.wait-event', { type: 'priced', key: '{% "k" %}', match: '"k"', buffered: true })
    .node('ask', 'approvals.veto', askedFor('input.amount'))
    .wire('start', 'pause')
    .wire('pause', 'wait')
    .wire('wait', 'ask')
  const it = world(waiting.build())
  const [run = ''] = it.send('go')
  sentBy(it, 'priced', { amount: 9_000 }, 'u-director')
  it.advance(60_000)
  expect(it.run(run)).toMatchObject({ authors: ['u-director'] })
  await expectOwn(it)
})

const calling = (port: string, value: string) =>
  flow('calling')
    .node('start', 'core.event', { type: 'go' })
    .node('call', 'core.call', { flow: 'called' })
    .node('ask', 'approvals.veto', askedFor(value))
    .wire('start', 'call')
    .wire(`call${port}`, 'ask')
    .build()

test('whose words a called run failed with does not approve an amount read from its error', async () => {
  const called = flow('called')
    .node('start', 'core.manual')
    .node('fill', 'approvals.task', form)
    .node('fail', 'core.fail', { code: 'PRICE', message: '{{ input.data.amount }}' })
    .wire('start', 'fill')
    .wire('fill.done', 'fail')
  const it = world(called.build(), calling('.error', '$number(input.message)'))
  const [run = ''] = it.send('go')
  const { openOf, answer } = handsOn(it)
  await answer(openOf('role:director'), 'done', director, { amount: 9_000 })
  expect(it.run(run)).toMatchObject({ authors: ['u-director'] })
  await expectOwn(it)
})

test('who cancelled a called run does not approve an amount read from the reason given', async () => {
  const called = flow('called').node('start', 'core.manual').node('wait', 'core.wait', { for: 'P1D' }).wire('start', 'wait')
  const it = world(called.build(), calling('.error', '$number($substringAfter(input.message, "cancelled: "))'))
  const [run = ''] = it.send('go')
  const child = it.store.runIds().find((id) => id !== run)
  it.command('engine.run.cancel', { run: child, reason: '9000' }, director.actor)
  expect(it.run(run)).toMatchObject({ authors: ['u-director'] })
  await expectOwn(it)
})

const telling = () =>
  flow('telling')
    .node('start', 'core.event', { type: 'go' })
    .node('wait', 'core.wait', { for: 'PT1M' })
    .node('tell', 'told.tell')
    .wire('start', 'wait')
    .wire('wait', 'tell')
    .build()

test('whose words a step emits does not approve them in the flow that listens', async () => {
  const listening = flow('listening').node('start', 'core.event', { type: 'told' }).node('ask', 'approvals.veto', askedFor('input.amount'))
  const it = world(telling(), listening.wire('start', 'ask').build())
  sentBy(it, 'go', { amount: 9_000 }, 'u-director')
  it.advance(60_000)
  await expectOwn(it)
})

test.each([false, true])('whose words a step emits does not approve them in a run that waits for them (buffered: %s)', async (buffered) => {
  const waiting = flow('waiting')
    .node('start', 'core.event', { type: 'wait' })
    .node('pause', 'core.wait', { for: buffered ? 'PT1H' : 'PT1S' })
    .node('told', 'core.wait-event', { type: 'told', key: '{% "k" %}', match: '"k"', buffered })
    .node('ask', 'approvals.veto', askedFor('input.amount'))
    .wire('start', 'pause')
    .wire('pause', 'told')
    .wire('told', 'ask')
  const it = world(telling(), waiting.build())
  it.send('wait')
  sentBy(it, 'go', { amount: 9_000 }, 'u-director')
  it.advance(3_600_000)
  await expectOwn(it)
})

/** The director’s own token: what a machine does for somebody is that person’s doing. */
const tokenOf = { kind: 'token', id: 'tok-1', behind: 'u-director' } as const
const direct = () => flow('direct').node('start', 'core.event', { type: 'go' }).node('ask', 'approvals.veto', askedFor('input.amount'))

test('whoever made the token that sent the amount does not approve it', async () => {
  const it = world(direct().wire('start', 'ask').build())
  const event = { id: 'e-1', source: 'test', type: 'go', subject: null, time: '2026-03-02T03:00:00.000Z', data: { amount: 9_000 } }
  it.engine.execute([{ kind: 'event', actor: tokenOf, event }])
  await expectOwn(it)
})

test('whoever made the token that started the run does not approve its amount, nor when it is taken up again', async () => {
  const it = world(direct().wire('start', 'ask').build())
  const start = { flow: 'direct', trigger: 'start', data: { amount: 9_000 } }
  const { run } = it.command<{ run: string }>('engine.run.start', start, tokenOf)
  expect(it.run(run)).toMatchObject({ startedBy: { kind: 'token', id: 'tok-1' }, authors: ['u-director'] })
  const { shown } = it.command<{ shown: string }>('engine.run.preview-rerun', { run, node: 'ask' })
  it.command('engine.run.rerun', { run, node: 'ask', shown, repeat: [] }, second.actor)
  await expectOwn(it, testCaller('u-third', ['director']))
})

test('whoever made the token that took a run up again does not approve there', async () => {
  const it = world(direct().wire('start', 'ask').build())
  const [run = ''] = it.send('go', { amount: 9_000 })
  const { shown } = it.command<{ shown: string }>('engine.run.preview-rerun', { run, node: 'ask' })
  it.command('engine.run.rerun', { run, node: 'ask', shown, repeat: [] }, tokenOf)
  await expectOwn(it)
})

test('whoever made the token that filled in the amount does not approve it', async () => {
  const filled = direct().node('fill', 'approvals.task', form).wire('start', 'fill').wire('fill.done', 'ask')
  const it = world({ ...filled.build() })
  it.send('go', { amount: 1 })
  const { openOf, answer } = handsOn(it)
  const machine = testCaller('tok-1', ['director'], { kind: 'token', behind: 'u-director' })
  await answer(openOf('role:director'), 'done', machine, { amount: 9_000 })
  await expectOwn(it)
})

test('whoever made the token that cancelled a called run does not approve an amount read from the reason given', async () => {
  const called = flow('called').node('start', 'core.manual').node('wait', 'core.wait', { for: 'P1D' }).wire('start', 'wait')
  const it = world(called.build(), calling('.error', '$number($substringAfter(input.message, "cancelled: "))'))
  const [run = ''] = it.send('go')
  const child = it.store.runIds().find((id) => id !== run)
  it.command('engine.run.cancel', { run: child, reason: '9000' }, tokenOf)
  expect(it.run(run)).toMatchObject({ authors: ['u-director'] })
  await expectOwn(it)
})

test('whose event became a dead letter does not approve it when somebody else delivers it again', async () => {
  const it = world()
  sentBy(it, 'go', { amount: 9_000 }, 'u-director')
  it.publish(direct().wire('start', 'ask').build())
  const [letter] = it.store.records.list(lettersTable)
  it.command('engine.letter.redeliver', { id: letter?.id }, second.actor)
  const { openOf, answer } = handsOn(it)
  await expect(answer(openOf('role:director'), 'approve', director)).rejects.toMatchObject({ code: 'SLU_TASK_OWN' })
  await expect(answer(openOf('role:director'), 'approve', second)).rejects.toMatchObject({ code: 'SLU_TASK_OWN' })
})
