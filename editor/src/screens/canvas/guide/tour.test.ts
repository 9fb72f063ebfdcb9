import { expect, test } from 'vitest'
import { currentTask, readTour, type Tour, type TourAct, tasksFor, tourAfter, tourTasks } from './tour.ts'

const after = (...acts: readonly TourAct[]) => acts.reduce<Tour | null>(tourAfter, null)
const begun = after({ kind: 'begin' }) as Tour

test('the tour is offered once: whoever declined or took it is left alone', () => {
  expect(after({ kind: 'offer' })?.state).toBe('offered')
  expect(after({ kind: 'offer' }, { kind: 'leave' }, { kind: 'offer' })?.state).toBe('over')
  expect(after({ kind: 'begin' }, { kind: 'offer' })).toEqual(begun)
})

test('tasks are asked for in their order, and one that was done ahead of its turn is not asked for any more', () => {
  expect(currentTask(begun, tourTasks)).toBe('text')
  const ahead = tourAfter(begun, { kind: 'did', task: 'step' }) as Tour
  expect(currentTask(ahead, tourTasks)).toBe('text')
  expect(currentTask(tourAfter(ahead, { kind: 'did', task: 'text' }) as Tour, tourTasks)).toBe('test')
})

test('a skipped task is passed; done after all it counts as done', () => {
  const skipped = tourAfter(begun, { kind: 'skip', task: 'text' }) as Tour
  expect(currentTask(skipped, tourTasks)).toBe('step')
  const done = tourAfter(skipped, { kind: 'did', task: 'text' })
  expect([done?.done, done?.passed]).toEqual([['text'], []])
  expect(tourAfter(done, { kind: 'skip', task: 'text' })).toBe(done)
})

test('what is done before it began, or after it was left, moves nothing', () => {
  expect(after({ kind: 'did', task: 'text' })).toBeNull()
  const offered = after({ kind: 'offer' })
  expect(tourAfter(offered, { kind: 'did', task: 'text' })).toBe(offered)
  const left = after({ kind: 'begin' }, { kind: 'did', task: 'text' }, { kind: 'leave' })
  expect(tourAfter(left, { kind: 'did', task: 'step' })).toBe(left)
})

test('begun again it starts from nothing', () => {
  expect(after({ kind: 'begin' }, { kind: 'did', task: 'text' }, { kind: 'leave' }, { kind: 'begin' })).toEqual(begun)
})

test('whoever may not publish has four tasks and ends after them', () => {
  const tasks = tasksFor((permission) => permission !== 'flows.publish')
  expect(tasks).toEqual(['text', 'step', 'test', 'data'])
  expect(currentTask({ ...begun, done: tasks }, tasks)).toBeNull()
  expect(
    currentTask(
      { ...begun, done: tasks },
      tasksFor(() => true),
    ),
  ).toBe('publish')
})

test('a reload goes on where it stopped; what is not a tour is none', () => {
  const middle = after({ kind: 'begin' }, { kind: 'did', task: 'text' }, { kind: 'skip', task: 'step' })
  expect(readTour(JSON.stringify(middle))).toEqual(middle)
  for (const text of [null, '', 'null', '[]', '{', '"running"', '{"state":"flying"}']) expect(readTour(text)).toBeNull()
  expect(readTour('{"state":"running","done":["text","fly",3],"passed":"step"}')).toEqual({ state: 'running', done: ['text'], passed: [] })
})
