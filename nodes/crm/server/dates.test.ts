import { flow } from '@sluice/engine/testing'
import { beforeEach, expect, test } from 'vitest'
import { world } from '../../consent/server/testing/world.ts'
import { dateLimits } from '../domain/date-trigger.ts'
import { dateDues } from './tables.ts'

let it: ReturnType<typeof world>
beforeEach(() => {
  it = world()
})

const day = 86_400_000
const china = { field: 'contract_end', when: 'before', days: 3, at: '09:00', timeZone: 'Asia/Shanghai' }

/** Now is Monday, 2 March 2026, 11 o'clock in Shanghai. */
function publish(config: object = china, key = 'ending'): void {
  const drawn = flow(key)
    .node('on', 'crm.date-field', { ...config })
    .node('end', 'core.wait', { for: 'P1000D' })
    .wire('on', 'end')
    .build()
  it.publish(drawn)
  sync(config, key)
}

/** As the server does after each publish. */
function sync(config: object = china, key = 'ending'): void {
  it.command('crm.dates.sync', { flows: [{ key, nodes: { on: { id: 'on', type: 'crm.date-field', config } } }] })
}

const ends = (id: string, date: string | null) => it.command('crm.change-customer', { id, change: { fields: { contract_end: date } } })
const enter = (id: string, date: string) => it.customer(id, [], { contract_end: date })
const started = () => it.store.runIds().map((id) => it.store.runs.load(id)?.index.subject)
const last = () => it.run(it.store.runIds().at(-1) ?? '')

test('three days before the end of a contract a run starts about the customer, without the date itself', () => {
  enter('c-1', '2026-03-20')
  publish()
  it.advance(15 * day - 2 * 3_600_000 - 1)
  expect(started()).toEqual([])
  it.advance(1)
  expect(new Date(it.now()).toISOString()).toBe('2026-03-17T01:00:00.000Z')
  expect(started()).toEqual(['c-1'])
  expect(last()).toMatchObject({ event: { type: 'sluice.crm.date-reached', subject: 'c-1' }, outputs: {} })
  expect(JSON.stringify(it.store.journal.read(it.store.runIds()[0] ?? ''))).not.toContain('2026-03-20')
})

test('each date starts once: a republished flow, another change and the same date again start nothing', () => {
  enter('c-1', '2026-03-10')
  publish()
  it.advance(10 * day)
  expect(started()).toEqual(['c-1'])
  sync()
  sync({ ...china, days: 2 })
  it.command('crm.change-customer', { id: 'c-1', change: { name: '李' } })
  ends('c-1', '2026-04-30')
  ends('c-1', '2026-03-10')
  it.advance(200 * day)
  expect(started()).toEqual(['c-1'])
})

test('a date that changes moves the start, and one that is taken away ends it', () => {
  enter('c-1', '2026-03-20')
  enter('c-2', '2026-03-20')
  publish()
  ends('c-1', '2026-04-20')
  ends('c-2', null)
  it.advance(25 * day)
  expect(started()).toEqual([])
  it.advance(25 * day)
  expect(started()).toEqual(['c-1'])
  ends('c-1', '2027-04-20')
  it.advance(400 * day)
  expect(started()).toEqual(['c-1', 'c-1'])
})

test('a publish starts nothing that was due before; a date that is entered late starts at once while its day lasts', () => {
  enter('c-1', '2026-03-03')
  publish()
  it.advance(day / 2)
  expect(started()).toEqual([])
  enter('c-2', '2026-03-04')
  it.advance(0)
  expect(started()).toEqual(['c-2'])
  enter('c-3', '2026-03-01')
  enter('c-4', 'soon')
  enter('c-5', '2026-02-30')
  it.advance(100 * day)
  expect(started()).toEqual(['c-2'])
})

test('working days are counted when a calendar is named, also one of the workspace that changes later', () => {
  enter('c-1', '2026-10-08')
  publish({ ...china, calendar: 'cn' })
  const body = {
    label: { en: 'Shop', 'zh-CN': '门店' },
    timeZone: 'Asia/Shanghai',
    weekdays: [1, 2, 3, 4, 5],
    hours: [[540, 1_080]],
    shifted: [],
  }
  it.command('core.calendar.save', { id: 'shop', ...body, holidays: [] })
  const drawn = { key: 'own', nodes: { on: { id: 'on', type: 'crm.date-field', config: { ...china, calendar: 'shop' } } } }
  const both = [{ key: 'ending', nodes: { on: { id: 'on', type: 'crm.date-field', config: { ...china, calendar: 'cn' } } } }, drawn]
  it.command('crm.dates.sync', { flows: both })
  const due = (key: string) => it.records.list(dateDues, { where: { flow: key } }).map(({ dueAt }) => new Date(dueAt).toISOString())
  expect(due('ending')).toEqual(['2026-09-28T01:00:00.000Z'])
  expect(due('own')).toEqual(['2026-10-05T01:00:00.000Z'])
  it.command('core.calendar.save', { id: 'shop', ...body, holidays: ['2026-10-05', '2026-10-06', '2026-10-07'] })
  expect(due('own')).toEqual(['2026-09-30T01:00:00.000Z'])
})

test('after a night without power what was due starts, some at a time; after more than a week it counts as missed', () => {
  for (let index = 0; index < 120; index++) enter(`c-${index}`, '2026-03-10')
  enter('late', '2026-03-20')
  publish()
  it.sleep(6 * day)
  expect(started()).toHaveLength(120)
  expect(last()).toMatchObject({ event: { data: { lateMs: 86_400_000 + 2 * 3_600_000 } } })
  it.sleep(dateLimits.catchUpMsMax + 12 * day)
  expect(started()).toHaveLength(120)
  expect(it.store.audited.filter(({ kind }) => kind === 'crm.date-passed')).toMatchObject([
    { refs: { customer: 'late' }, payload: { why: 'missed' } },
  ])
})

test('the days of a daylight saving change and times of day are those on the wall', () => {
  enter('c-1', '2026-03-29')
  publish({ field: 'contract_end', when: 'on', at: '09:00', timeZone: 'Europe/Berlin' })
  expect(it.records.list(dateDues).map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual(['2026-03-29T07:00:00.000Z'])
})

test('a frozen date starts nothing, and a customer who is gone leaves no date behind', () => {
  enter('c-1', '2026-03-10')
  enter('c-2', '2026-03-10')
  publish()
  it.command('crm.freeze-fields', { customer: 'c-1', fields: ['contract_end'], cause: 'test' })
  it.command('crm.forget', { customers: ['c-2'] })
  it.advance(30 * day)
  expect(started()).toEqual([])
  expect(it.store.audited.filter(({ kind }) => kind === 'crm.date-passed')).toMatchObject([{ payload: { why: 'frozen' } }])
  expect(it.records.list(dateDues, { where: { customer: 'c-2' } })).toEqual([])
})

test('a flow that is gone waits for no date; a thousand customers are counted in turns', () => {
  for (let index = 0; index < 1_100; index++) enter(`c-${String(index).padStart(4, '0')}`, '2026-06-10')
  publish({ ...china, when: 'after', days: 1 })
  it.advance(60_000)
  expect(it.records.count(dateDues)).toBe(1_100)
  it.command('crm.dates.sync', { flows: [] })
  it.advance(200 * day)
  expect(started()).toEqual([])
  expect(it.records.count(dateDues)).toBe(0)
})
