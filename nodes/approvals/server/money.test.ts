import type { JsonObject } from '@sluice/sdk'
import { callRoute, testCaller } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { receipts, tasks } from '../domain/tables.ts'
import { approvalsServer } from './index.ts'
import { admin, ann, asking, director, type Who } from './testing/case.ts'

const value = { customer: 'c-1', amount: 50_000, currency: 'CNY' }
const second = testCaller('u-second', ['director'])
const legal = testCaller('u-legal', ['legal'])
const asked = (more: object = {}) =>
  asking('approvals.veto', { value, approver: 'role:director', validFor: 'PT1H', ...more }, ['approved', 'vetoed', 'expired'])
const waysOut = (outputs: object) => Object.keys(outputs).filter((node) => node.startsWith('to-'))

describe('a held approval', () => {
  test('goes on when nobody vetoes in time', async () => {
    const { it, run, openOf, answer } = asked({ hold: 'PT10S' })
    await answer(openOf('role:director'), 'approve', director)
    expect(it.run(run).status).toBe('waiting')
    expect(it.store.records.count(receipts)).toBe(0)
    it.advance(10_000)
    expect(it.run(run).output).toMatchObject({ value, receipt: { by: 'u-director' } })
  })

  test('a veto of the same moment wins', async () => {
    const { it, run, openOf, answer } = asked({ hold: 'PT10S' })
    const task = openOf('role:director')
    await answer(task, 'approve', director)
    await answer(task, 'veto', second, { reason: 'no' })
    expect(it.run(run).output).toMatchObject({ by: 'u-second', reason: 'no' })
    it.advance(3_600_000)
    expect(waysOut(it.run(run).outputs)).toEqual(['to-vetoed'])
    expect(it.store.records.count(receipts)).toBe(0)
  })

  test('is not approved twice, and nothing is paid when its time is over first', async () => {
    const { it, run, openOf, answer } = asked({ hold: 'PT2H' })
    const task = openOf('role:director')
    await answer(task, 'approve', director)
    await expect(answer(task, 'approve', second)).rejects.toMatchObject({ code: 'SLU_TASK_CLOSED', status: 409 })
    it.advance(3 * 3_600_000)
    expect(waysOut(it.run(run).outputs)).toEqual(['to-expired'])
    expect(it.store.records.list(tasks)).toMatchObject([{ state: 'expired', heldUntil: null }])
    expect(it.store.records.count(receipts)).toBe(0)
  })
})

describe('money with several signers', () => {
  test('one veto stops it whatever share is asked for', async () => {
    const { it, run, openOf, answer } = asked({ together: ['role:legal'], sign: 'any' })
    await answer(openOf('role:legal'), 'veto', legal)
    expect(waysOut(it.run(run).outputs)).toEqual(['to-vetoed'])
  })

  test('who signed may still veto while others are asked', async () => {
    const { it, run, open, openOf, answer } = asked({ together: ['role:legal'] })
    const task = openOf('role:director')
    await answer(task, 'approve', director)
    await answer(task, 'veto', second)
    expect(waysOut(it.run(run).outputs)).toEqual(['to-vetoed'])
    expect(open()).toEqual([])
  })

  test('a veto after all have approved still wins while nothing is paid', async () => {
    const { it, run, openOf, answer } = asked({ together: ['role:legal'] })
    const task = openOf('role:director')
    await answer(task, 'approve', director)
    await answer(openOf('role:legal'), 'approve', legal)
    const { receipt } = it.run(run).output as JsonObject
    await answer(task, 'veto', second)
    expect(() => it.command('approvals.spend', { receipt, value, by: 'run:node' })).toThrowError(
      expect.objectContaining({ code: 'SLU_RECEIPT_SPENT' }),
    )
  })

  test('approving is not made easier by adding whom one likes', async () => {
    const { openOf, post } = asked({ together: ['role:legal'], sign: 'any' })
    const add = (place: string, by: Who) => post('add-signer', openOf('role:director').id, { to: 'user:u-friend', place }, by)
    await expect(add('with', director)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS', status: 403 })
    await add('after', director)
  })

  test('its author is not added, and takes it back only as a veto', async () => {
    const { it, run, openOf, post } = asked({ author: 'user:u-ann' })
    const { id } = openOf('role:director')
    await expect(post('add-signer', id, { to: 'user:u-ann' }, director)).rejects.toMatchObject({ code: 'SLU_TASK_OWN' })
    await post('withdraw', id, {}, ann)
    expect(waysOut(it.run(run).outputs)).toEqual(['to-vetoed'])
  })
})

describe('somebody is away', () => {
  const day = 86_400_000
  const away = async (it: ReturnType<typeof asked>['it'], by: Who, more: object = {}) => {
    const from = new Date(it.now()).toISOString()
    const until = new Date(it.now() + 2 * day).toISOString()
    return (await callRoute(it, approvalsServer, 'POST /absences', by, { body: { deputy: 'user:u-deputy', from, until, ...more } })).body
  }
  const boss = testCaller('u-boss')
  const deputy = testCaller('u-deputy', ['rep'])
  const plain = () => asking('approvals.task', { title: 'T', assignee: 'user:u-boss' }, ['approve', 'reject', 'expired'])

  test('the deputy answers in their place between the dates, and it is said for whom', async () => {
    const { it, run, openOf, answer, read } = plain()
    await expect(answer(openOf('user:u-boss'), 'approve', deputy)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS' })
    await away(it, boss)
    expect((await callRoute(it, approvalsServer, 'GET /tasks', deputy, { query: { mine: 'true' } })).body.items).toHaveLength(1)
    expect(await read(openOf('user:u-boss').id, deputy)).toMatchObject({ mayAnswer: true, standsInFor: 'u-boss' })
    expect(await answer(openOf('user:u-boss'), 'approve', deputy)).toMatchObject({ answeredBy: 'u-deputy', answeredFor: 'u-boss' })
    expect(it.run(run).status).toBe('succeeded')
  })

  test('before and after the dates, and once they are back, the deputy is nobody', async () => {
    for (const change of ['later', 'over', 'ended'] as const) {
      const { it, openOf, answer } = plain()
      const later = { from: new Date(it.now() + day).toISOString() }
      const { id } = await away(it, boss, change === 'later' ? later : {})
      if (change === 'over') it.advance(2 * day)
      if (change === 'ended') await callRoute(it, approvalsServer, `POST /absences/${String(id)}/end`, boss)
      await expect(answer(openOf('user:u-boss'), 'approve', deputy)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS' })
    }
  })

  test('nobody appoints who approves money; an admin may, but never for its author', async () => {
    const make = (author?: string) =>
      asking('approvals.veto', { value, approver: 'user:u-boss', ...(author === undefined ? {} : { author }) }, ['approved', 'vetoed'])
    const own = make()
    await away(own.it, boss)
    await expect(own.answer(own.openOf('user:u-boss'), 'approve', deputy)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS' })
    const byAdmin = make()
    await away(byAdmin.it, admin, { person: 'u-boss' })
    await byAdmin.answer(byAdmin.openOf('user:u-boss'), 'approve', deputy)
    const authors = make('user:u-boss')
    await away(authors.it, admin, { person: 'u-boss' })
    await expect(authors.answer(authors.openOf('user:u-boss'), 'approve', deputy)).rejects.toMatchObject({ code: 'SLU_TASK_OWN' })
  })

  test.each<[string, object, string]>([
    ['ends before it begins', { until: '2020-01-01T00:00:00Z' }, 'SLU_ABSENCE_DATES'],
    ['lasts longer than a year', { until: '2030-01-01T00:00:00Z' }, 'SLU_ABSENCE_DATES'],
    ['has a date that is none', { until: 'some day soon' }, 'SLU_ABSENCE_DATES'],
    ['names oneself', { deputy: 'u-boss' }, 'SLU_ABSENCE_DEPUTY'],
    ['is somebody else’s', { person: 'u-other' }, 'SLU_ABSENCE_NOT_YOURS'],
  ])('an absence that %s is refused', async (_name, more, code) => {
    await expect(away(plain().it, boss, more)).rejects.toMatchObject({ code })
  })

  test('absences are few, are listed to whom they concern, and end once', async () => {
    const { it } = plain()
    const { id } = await away(it, boss)
    const list = async (who: Who) => (await callRoute(it, approvalsServer, 'GET /absences', who)).body.items as readonly object[]
    expect([(await list(boss)).length, (await list(deputy)).length, (await list(admin)).length]).toEqual([1, 0, 1])
    const end = () => callRoute(it, approvalsServer, `POST /absences/${String(id)}/end`, boss)
    await expect(callRoute(it, approvalsServer, `POST /absences/${String(id)}/end`, deputy)).rejects.toMatchObject({ status: 403 })
    await end()
    await expect(end()).rejects.toMatchObject({ code: 'SLU_ABSENCE_UNKNOWN' })
    for (let index = 0; index < 999; index++) await away(it, boss)
    await expect(away(it, boss)).rejects.toMatchObject({ code: 'SLU_ABSENCE_LIMIT' })
  })
})
