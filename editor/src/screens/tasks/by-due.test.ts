import { expect, test } from 'vitest'
import type { Task } from '../../app/api/index.ts'
import { byDue } from './by-due.ts'

const task = (id: string, dueAt: string | null) => ({ id, dueAt }) as Task

test('what is due first stands first, and what has no limit follows in the order it came', () => {
  const tasks = [
    task('none-new', null),
    task('later', '2026-03-03T00:00:00Z'),
    task('none-old', null),
    task('soon', '2026-03-01T00:00:00Z'),
  ]
  expect(byDue(tasks).map(({ id }) => id)).toEqual(['soon', 'later', 'none-new', 'none-old'])
})
