import { describe, expect, test } from 'vitest'
import { review } from './review.ts'
import { task } from './task.ts'
import { veto } from './veto.ts'

const plain = { title: 'T', assignee: 'role:director', due: 'PT4H' }

test.each<[string, object, string, string]>([
  ['a share without its size', { sign: 'ratio' }, 'SLU_TASK_RATIO', '/ratio'],
  ['an escalation to nobody', { escalateAfter: 'PT1H' }, 'SLU_TASK_ASSIGNEE', '/escalateTo'],
  ['an escalation after the end', { escalateAfter: 'PT5H', escalateTo: 'role:admin' }, 'SLU_TASK_DUE', '/escalateAfter'],
  ['a reminder that is no duration', { remindAfter: 'soon' }, 'SLU_TASK_DUE', '/remindAfter'],
  ['months of working time', { due: 'P1M', calendar: 'cn' }, 'SLU_TASK_DUE', '/due'],
  ['an answer named like a way out', { actions: ['withdrawn'] }, 'SLU_TASK_ACTION', '/actions'],
])('%s is found out when the flow is checked', (_name, more, code, path) => {
  expect(task.check?.({ ...plain, ...more })).toMatchObject([{ code, path }])
})

test('a flow drawn before these settings existed has no new problem', () => {
  expect(task.check?.(plain)).toEqual([])
  expect(veto.check?.({ value: 1, approver: 'role:director' })).toEqual([])
})

test('the card says who signs, in both languages', () => {
  const config = { ...plain, together: ['role:legal'], sign: 'any', next: ['role:admin'] }
  expect(task.sentence?.(config, 'en')).toBe('Asks role:director, with 1 more (the first answer counts), then 1 more: Approve / Reject')
  expect(task.sentence?.(config, 'zh-CN')).toContain('另 1 人或签，再由 1 级依次审批')
})

test('taking back is a way out only where it is offered', () => {
  const names = (config: object) => (typeof task.ports === 'function' ? task.ports(config as never).map(({ name }) => name) : [])
  expect(names(plain)).not.toContain('withdrawn')
  expect(names({ ...plain, withdrawable: true })).toContain('withdrawn')
})

describe('whom a step asks', () => {
  const found = (config: object) => (task.check?.({ ...plain, ...config }) ?? []).map(({ code, path, severity }) => [code, path, severity])

  test.each([
    ['a role that is misspelt', { assignee: 'role:direktor' }, '/assignee'],
    ['a role whose people answer no tasks', { assignee: 'role:operator' }, '/assignee'],
    ['one of several signers', { together: ['role:legal', 'role:boss'] }, '/together/1'],
    ['whoever signs next', { next: ['role:boss'] }, '/next/0'],
    ['whom it is escalated to', { escalateAfter: 'PT1H', escalateTo: 'role:boss' }, '/escalateTo'],
    ['who stands in', { ifNobody: 'role:boss' }, '/ifNobody'],
  ])('%s is warned of when nobody answers to it', (_, config, path) => {
    expect(found(config)).toEqual([['SLU_TASK_ADDRESS', path, 'warning']])
  })

  test('people, reps, expressions, empty lines and “incident” are left alone', () => {
    expect(found({ assignee: '{% input.owner %}', together: ['', 'user:u-1'], next: ['rep:r-1', 'u-1'], ifNobody: 'incident' })).toEqual([])
  })

  test('a veto and a review say so too', () => {
    expect(veto.check?.({ value: 1, approver: 'role:boss' })).toMatchObject([{ code: 'SLU_TASK_ADDRESS', path: '/approver' }])
    expect(review.check?.({ content: 1, reviewer: 'role:boss', director: 'role:chief' })).toMatchObject([
      { code: 'SLU_TASK_ADDRESS', path: '/reviewer' },
      { code: 'SLU_TASK_ADDRESS', path: '/director' },
    ])
  })
})
