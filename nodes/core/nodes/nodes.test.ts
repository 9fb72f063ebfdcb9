import { type Json, portsOf } from '@sluice/sdk'
import { testNode } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { coreServer } from '../server/index.ts'
import { branch } from './branch.ts'
import { event } from './event.ts'
import { fail } from './fail.ts'
import { httpEffect, httpRequest } from './http-request.ts'
import { join } from './join.ts'
import { schedule } from './schedule.ts'
import { stop } from './stop.ts'
import { switchNode } from './switch.ts'
import { transform } from './transform.ts'
import { wait } from './wait.ts'
import { waitEvent } from './wait-event.ts'

const names = (ports: ReturnType<typeof portsOf>) => ports.map(({ name }) => name)

describe('branch', () => {
  test.each<[Json, string]>([
    [true, 'true'],
    [false, 'false'],
    ['yes', 'true'],
    ['', 'false'],
    [0, 'false'],
    [null, 'false'],
    [[], 'false'],
    [[0, 1], 'true'],
    [{}, 'false'],
  ])('%j leaves by %s, as JSONata sees truth', async (when, port) => {
    expect((await testNode(branch, { config: { when }, input: 'data' })).outcome).toMatchObject({ port, data: 'data' })
  })
})

describe('event', () => {
  test('a star may stand at the end, for whole parts', () => {
    for (const type of ['order.placed', 'order.*', 'a.b.*', '*']) expect(event.check?.({ type })).toEqual([])
    for (const type of ['order*', '*.placed', 'a.*.b', '**', '.*', 'order.**'])
      expect(event.check?.({ type })).toMatchObject([{ code: 'SLU_EVENT_PATTERN', path: '/type' }])
  })
})

describe('switch', () => {
  const rules = [
    { when: false, port: 'big' },
    { when: true, port: 'middle' },
    { when: true, port: 'small' },
  ]

  test('the first rule that holds decides and says which it was', async () => {
    expect((await testNode(switchNode, { config: { rules } })).outcome).toMatchObject({ port: 'middle', why: { rule: 2 } })
  })

  test('without one it leaves by else', async () => {
    expect((await testNode(switchNode, { config: { rules: [{ when: false, port: 'big' }] } })).outcome).toMatchObject({ port: 'else' })
  })

  test('its ports follow its rules, half-filled ones too', () => {
    expect(names(portsOf(switchNode, { rules }))).toEqual(['big', 'middle', 'small', 'else'])
    expect(names(portsOf(switchNode, { rules: [{}, { port: 'a' }, { port: 'a' }] }))).toEqual(['a', 'else'])
    expect(names(portsOf(switchNode, {}))).toEqual(['else'])
  })

  test('a rule cannot take the error port', () => {
    expect(switchNode.check?.({ rules: [{ when: true, port: 'error' }] })[0]).toMatchObject({
      code: 'SLU_SWITCH_PORT',
      path: '/rules/0/port',
    })
  })
})

describe('wait', () => {
  test('counts working time where a calendar says so', async () => {
    const now = Date.parse('2026-02-14T17:00:00+08:00')
    expect((await testNode(wait, { config: { for: 'PT2H', calendar: 'cn' }, now })).outcome).toMatchObject({
      wait: { dueAt: Date.parse('2026-02-24T10:00:00+08:00') },
    })
  })

  test('refuses months of working time before anything runs', () => {
    expect(wait.check?.({ for: 'P1M', calendar: 'cn' })).toMatchObject([{ code: 'SLU_WAIT_TIME', path: '/for' }])
    expect(wait.check?.({ for: 'P1M' })).toEqual([])
  })

  test('for a time, counted from now', async () => {
    expect((await testNode(wait, { config: { for: 'PT90S' }, input: 1, now: 1_000 })).outcome).toEqual({
      kind: 'wait',
      wait: { kind: 'timer', dueAt: 91_000, port: 'out', data: 1 },
    })
  })

  test('until an instant; one that has passed is now', async () => {
    expect((await testNode(wait, { config: { until: '1970-01-01T00:00:05Z' }, now: 1_000 })).outcome).toMatchObject({
      wait: { dueAt: 5_000 },
    })
    expect((await testNode(wait, { config: { until: '1970-01-01T00:00:05Z' }, now: 9_000 })).outcome).toMatchObject({
      wait: { dueAt: 9_000 },
    })
  })

  test('for no time at all fails for good', async () => {
    expect((await testNode(wait, { config: { until: 'tomorrow' } })).outcome).toMatchObject({
      kind: 'failure',
      error: { code: 'SLU_WAIT_TIME', terminal: true },
    })
  })

  test('a check wants exactly one of the two and leaves expressions alone', () => {
    expect(wait.check?.({})).toHaveLength(1)
    expect(wait.check?.({ for: 'PT1S', until: '2026-01-01' })).toHaveLength(1)
    expect(wait.check?.({ until: '{% event.time %}' })).toEqual([])
    expect(wait.check?.({ for: 'P200Y' })).toHaveLength(1)
  })
})

describe('wait for event', () => {
  const config = { type: 'payment.received', key: 42, match: 'event.data.order' }

  test('its key is compared as text', async () => {
    expect((await testNode(waitEvent, { config })).outcome).toMatchObject({ wait: { kind: 'event', key: '42', timeoutAt: null } })
  })

  test('an empty key fails, because nothing could ever match', async () => {
    expect((await testNode(waitEvent, { config: { ...config, key: null } })).outcome).toMatchObject({ error: { code: 'SLU_WAIT_KEY' } })
  })

  test('it says whether an earlier event counts too', async () => {
    expect((await testNode(waitEvent, { config: { ...config, buffered: true } })).outcome).toMatchObject({ wait: { buffered: true } })
  })

  test('the timeout port is there when a timeout is', () => {
    expect(names(portsOf(waitEvent, config))).toEqual(['out'])
    expect(names(portsOf(waitEvent, { ...config, timeout: 'PT1H' }))).toEqual(['out', 'timeout'])
  })
})

test('transform gives its value, null included', async () => {
  expect((await testNode(transform, { config: { value: { a: 1 } } })).outcome).toEqual({ kind: 'output', port: 'out', data: { a: 1 } })
  expect((await testNode(transform, { config: { value: null } })).outcome).toMatchObject({ data: null })
})

test('stop ends the run with its output or with what came in', async () => {
  expect((await testNode(stop, { config: {}, input: 1 })).outcome).toEqual({ kind: 'stop', output: 1 })
  expect((await testNode(stop, { config: { output: null }, input: 1 })).outcome).toEqual({ kind: 'stop', output: null })
})

test('fail ends the run with its code', async () => {
  expect((await testNode(fail, { config: { code: 'NO_STOCK', message: 'none left' } })).outcome).toMatchObject({
    kind: 'fail-run',
    error: { code: 'NO_STOCK', message: 'none left' },
  })
})

test('join asks for a number when it waits for some', () => {
  expect(join.check?.({ mode: 'n' })).toHaveLength(1)
  expect(join.check?.({ mode: 'n', n: 2 })).toEqual([])
})

test('schedule wants times or an interval, real ones', () => {
  const codes = (config: object) => schedule.check?.(config as never).map(({ code }) => code)
  expect(codes({})).toEqual(['SLU_SCHEDULE_CHOICE'])
  expect(codes({ cron: '* *' })).toEqual(['SLU_SCHEDULE_CRON'])
  expect(codes({ every: 'PT0.5S' })).toEqual(['SLU_SCHEDULE_INTERVAL'])
  expect(codes({ every: 'PT6H', calendar: 'cn', onDayOff: 'next' })).toEqual(['SLU_SCHEDULE_DAY_OFF'])
  expect(codes({ every: 'PT6H', calendar: 'cn', onDayOff: 'skip' })).toEqual([])
  expect(codes({ cron: '0 9 * * *', timeZone: 'Mars/Base' })).toEqual(['SLU_SCHEDULE_ZONE'])
  expect(codes({ cron: '0 9 * * 1-5', timeZone: 'Asia/Shanghai' })).toEqual([])
})

test('a wrong cron line names its wrong part in the language of the reader, and no word of the library', () => {
  const zh = (message: unknown) => String((message as { readonly 'zh-CN'?: string } | undefined)?.['zh-CN'])
  for (const cron of ['0 25 * * *', '0 0 $& * *', '0 0 1 13 *', '0 0 * * 1#9', '5/x * * * *', '* *', '@sometimes', '0 0 0 0 0 0']) {
    const [problem] = schedule.check?.({ cron } as never) ?? []
    expect(problem?.code).toBe('SLU_SCHEDULE_CRON')
    expect(zh(problem?.message)).not.toMatch(/Invalid|Syntax|[a-z]{3,} [a-z]{3,}/)
    expect(JSON.stringify(problem)).not.toContain('CronPattern')
  }
  const [hour] = schedule.check?.({ cron: '0 25 * * *' } as never) ?? []
  expect(hour?.message).toEqual({
    en: 'No such hour: “25”. It is 0 to 23; * means every, a-b a range, a,b several, */n every n-th.',
    'zh-CN': '时“25”无效：应为 0 到 23；* 表示全部，a-b 表示范围，a,b 表示多个，*/n 表示每隔 n 个。',
  })
  expect(zh(schedule.check?.({ cron: '0 0 $& * *' } as never)?.[0]?.message)).toContain('日“$&”无效')
})

test('a schedule whose time never comes is told so before it is published', () => {
  const problems = (config: object) => schedule.check?.(config as never) ?? []
  const codes = (config: object) => problems(config).map(({ code }) => code)
  expect(codes({ cron: '0 0 30 2 *' })).toEqual(['SLU_SCHEDULE_NEVER'])
  expect(codes({ cron: '0 0 31 4,6,9,11 *' })).toEqual(['SLU_SCHEDULE_NEVER'])
  expect(problems({ cron: '0 0 30 2 *' })[0]?.message).toMatchObject({ en: expect.stringContaining('Change the day or the month') })
  expect(codes({ cron: '0 0 29 2 *' })).toEqual([])
  expect(codes({ cron: '0 0 L * *' })).toEqual([])
  const sundays = { cron: '0 9 * * 0', calendar: 'de' }
  expect(codes(sundays)).toEqual(['SLU_SCHEDULE_NEVER'])
  expect(problems(sundays)[0]?.message).toMatchObject({ en: expect.stringContaining('days off of calendar de') })
  expect(codes({ ...sundays, onDayOff: 'next' })).toEqual([])
  expect(codes({ ...sundays, calendar: 'cn' })).toEqual([])
  expect(codes({ ...sundays, calendar: 'of-the-workspace' })).toEqual([])
})

test('a single date and a word that is no time are no cron lines', () => {
  const codes = (cron: string) => schedule.check?.({ cron }).map(({ code }) => code)
  expect(codes('2026-10-01T09:00:00')).toEqual(['SLU_SCHEDULE_CRON'])
  expect(codes('@reboot')).toEqual(['SLU_SCHEDULE_CRON'])
  expect(codes('@daily')).toEqual([])
})

describe('http request', () => {
  const config = { method: 'POST', url: 'https://api.example.com/orders', body: { a: 1 } }

  test('reading may be repeated, writing only when the config says so', () => {
    expect(httpEffect({ method: 'GET' })).toBe('idempotent')
    expect(httpEffect({ method: 'POST' })).toBe('unsafe')
    expect(httpEffect({ method: 'POST', idempotent: true })).toBe('idempotent')
  })

  test('it sends what was ordered, with the key that makes a repetition recognisable', async () => {
    const calls: unknown[] = []
    const host = {
      fetch: async (_permit: unknown, url: string, init: object) => {
        calls.push([url, init])
        return { status: 200, headers: { 'content-type': 'application/json' }, text: '{"ok":true}' }
      },
    }
    const { acted } = await testNode(httpRequest, { config, server: coreServer, host })
    expect(acted).toMatchObject({ port: 'out', data: { status: 200, body: { ok: true } } })
    expect(calls).toEqual([
      [
        'https://api.example.com/orders',
        { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'run-1:t1:step' }, body: '{"a":1}' },
      ],
    ])
  })

  test.each([
    [404, true],
    [429, false],
    [503, false],
  ])('status %i is terminal: %s', async (status, terminal) => {
    const host = { fetch: async () => ({ status, headers: {}, text: '' }) }
    expect((await testNode(httpRequest, { config, server: coreServer, host })).acted).toMatchObject({
      error: { code: 'SLU_HTTP_STATUS', terminal },
    })
  })

  test('an unreachable host may be tried again, and its error text is not repeated', async () => {
    const host = {
      fetch: () =>
        Promise.reject(Object.assign(new Error('connect to https://api.example.com/orders?phone=138'), { code: 'ECONNREFUSED' })),
    }
    const { acted } = await testNode(httpRequest, { config, server: coreServer, host })
    expect(acted).toMatchObject({ error: { code: 'SLU_HTTP_UNREACHABLE', terminal: false } })
    expect(JSON.stringify(acted)).not.toContain('138')
  })

  test('what the address guard refuses keeps its own code', async () => {
    const host = { fetch: () => Promise.reject(Object.assign(new Error('private address'), { code: 'SLU_ADDRESS_REFUSED', status: 403 })) }
    await expect(testNode(httpRequest, { config, server: coreServer, host })).rejects.toMatchObject({ code: 'SLU_ADDRESS_REFUSED' })
  })

  test('with purpose and scene it asks for the use of the customer the run is about', async () => {
    const used = { ...config, purpose: 'third_party_sharing', scene: 'finance_plan' }
    expect((await testNode(httpRequest, { config: used, server: coreServer, subject: 'c-1' })).outcome).toMatchObject({
      use: { subject: 'c-1', purpose: 'third_party_sharing', scene: 'finance_plan', effectKind: 'share' },
    })
    expect((await testNode(httpRequest, { config: used, server: coreServer })).outcome).toMatchObject({
      error: { code: 'SLU_USE_SUBJECT' },
    })
  })

  test('an unknown connection sends nothing', async () => {
    const host = { fetch: () => Promise.reject(new Error('must not be called')) }
    const { acted } = await testNode(httpRequest, { config: { ...config, connection: 'crm' }, server: coreServer, host })
    expect(acted).toMatchObject({ error: { code: 'SLU_HTTP_CONNECTION', terminal: true } })
  })
})
