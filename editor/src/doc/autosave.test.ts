import { expect, test } from 'vitest'
import { autosave, type SaveAnswer } from './autosave.ts'
import { rename } from './commands/edit.ts'
import { emptyFlow, fromFile, type toFile } from './file.ts'
import { createFlowStore } from './flow-store.ts'
import { memoryJournal } from './journal.ts'
import type { Patch } from './patch.ts'
import { recover } from './recover.ts'

const base = { ...emptyFlow('chain', 'Chain'), nodes: [{ id: 'start', type: 'toy.start', at: [0, 0] as [number, number] }] }

/** Time that only moves when the test says so. */
function world() {
  let now = 0
  let timers: { at: number; act: () => void }[] = []
  const answers: SaveAnswer[] = []
  const puts: { file: ReturnType<typeof toFile>; etag: string | null }[] = []
  const journal = memoryJournal()
  const flow = createFlowStore(fromFile(base), { now: () => now })
  const saving = autosave(flow, base, '"1"', {
    journal,
    now: () => now,
    put: async (file, etag) => {
      puts.push({ file, etag })
      return answers.shift() ?? { kind: 'saved', etag: `"${puts.length + 1}"` }
    },
    after: (ms, act) => {
      const timer = { at: now + ms, act }
      timers.push(timer)
      return () => {
        timers = timers.filter((each) => each !== timer)
      }
    },
  })
  async function pass(ms: number) {
    const until = now + ms
    for (;;) {
      const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      timers = timers.filter((each) => each !== next)
      now = Math.max(now, next.at)
      next.act()
      await Promise.resolve()
      await Promise.resolve()
      await Promise.resolve()
    }
    now = until
  }
  return { flow, saving, journal, puts, answers, pass }
}

test('a change reaches the server after a pause, and within two seconds while typing goes on', async () => {
  const { flow, saving, puts, pass } = world()
  rename(flow, 'start', 'a')
  await pass(700)
  expect(puts).toHaveLength(1)
  expect(puts[0]?.etag).toBe('"1"')
  expect(saving.getState()).toMatchObject({ state: 'saved', etag: '"2"', pending: 0 })
  for (let index = 0; index < 10; index++) {
    rename(flow, 'start', `a${index}`)
    await pass(200)
  }
  expect(puts.length).toBeGreaterThanOrEqual(2)
})

test('what the server does not have survives in the journal and is found again', async () => {
  const { flow, journal, answers, pass } = world()
  answers.push({ kind: 'offline' })
  rename(flow, 'start', 'unsaved text')
  await pass(30)
  const found = recover(await journal.read('chain'), base)
  expect(found?.mine.nodes.get('start')?.name).toBe('unsaved text')
  expect(found).toMatchObject({ added: 0, removed: 0, changed: 1 })
})

test('without an answer it says so and tries again by itself', async () => {
  const { flow, saving, answers, puts, pass, journal } = world()
  answers.push({ kind: 'offline' }, { kind: 'offline' })
  rename(flow, 'start', 'a')
  await pass(700)
  expect(saving.getState()).toMatchObject({ state: 'offline', pending: 1 })
  await pass(5_000)
  expect(puts).toHaveLength(3)
  expect(saving.getState().state).toBe('saved')
  expect(await journal.read('chain')).toBeNull()
})

test('while it tries again it goes on to be called offline, and so does what is changed meanwhile', async () => {
  const { flow, saving, answers, pass } = world()
  const told: string[] = []
  answers.push({ kind: 'offline' }, { kind: 'offline' })
  rename(flow, 'start', 'a')
  await pass(700)
  saving.subscribe(({ state }) => told.push(state))
  rename(flow, 'start', 'b')
  await pass(5_000)
  expect([...new Set(told)]).toEqual(['offline', 'saved'])
})

test('what is given back because no answer comes any more is offline from the start', async () => {
  const { flow, saving, pass, answers } = world()
  const patches: Patch[] = []
  flow.onPatches((each) => patches.push(...each))
  saving.lend({ changed() {}, flush() {}, unsaved: () => ({ base, patches }) })
  rename(flow, 'start', 'a')
  answers.push({ kind: 'offline' })
  saving.giveBack(base, '"1"', patches)
  expect(saving.getState()).toMatchObject({ state: 'offline', pending: 1 })
  await pass(5_000)
  expect(saving.getState().state).toBe('saved')
})

test('a newer draft at the server stops saving until a person chose mine or theirs', async () => {
  const { flow, saving, answers, puts, pass } = world()
  const theirs = { ...base, name: 'Theirs' }
  answers.push({ kind: 'conflict', theirs, etag: '"9"' })
  rename(flow, 'start', 'a')
  await pass(5_000)
  rename(flow, 'start', 'b')
  await pass(5_000)
  expect(puts).toHaveLength(1)
  expect(saving.getState().state).toBe('conflict')
  await saving.keepMine()
  expect(puts[1]?.etag).toBe('"9"')
  expect(puts[1]?.file.nodes[0]?.name).toBe('b')
  expect(saving.getState().state).toBe('saved')

  answers.push({ kind: 'conflict', theirs, etag: '"11"' })
  rename(flow, 'start', 'c')
  await pass(5_000)
  expect(saving.takeTheirs()).toBe(theirs)
  expect(saving.getState()).toMatchObject({ state: 'saved', etag: '"11"', pending: 0 })
})

test('a change made while saving is sent next', async () => {
  const { flow, saving, puts, pass } = world()
  rename(flow, 'start', 'a')
  const sending = saving.flush()
  rename(flow, 'start', 'b')
  await sending
  expect(saving.getState().state).toBe('pending')
  await pass(700)
  expect(puts.at(-1)?.file.nodes[0]?.name).toBe('b')
})
