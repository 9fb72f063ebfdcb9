import { expect, test } from 'vitest'
import { noticeOf } from './push-words.ts'

const sent = { kind: 'veto', task: '01J9ZK', dueAt: Date.UTC(2026, 2, 5, 9, 30), language: 'en' }

test('a notice names the kind of task and its end in the language of its person, and opens that task', () => {
  expect(noticeOf(JSON.stringify(sent), 'UTC')).toEqual({
    title: 'A decision needs your approval or your veto',
    body: 'Due 5 Mar 2026, 09:30',
    lang: 'en',
    url: '/tasks/01J9ZK',
    tag: 'task-01J9ZK',
  })
  expect(noticeOf(JSON.stringify({ ...sent, kind: 'question', language: 'zh-CN' }), 'Asia/Shanghai')).toMatchObject({
    title: '有同事向您提问',
    body: '截止时间：2026年3月5日 17:30',
  })
  expect(noticeOf(JSON.stringify({ ...sent, dueAt: null })).body).toBe('Open it in Sluice')
})

test.each([undefined, '', 'null', '{', '[]', '{"task":"../settings"}', '{"task":"//evil.example","kind":"__proto__"}'])(
  'what cannot be read (%s) is shown as a task and leads to the inbox, never elsewhere',
  (text) => {
    expect(noticeOf(text)).toMatchObject({ title: 'A task is waiting for you', url: '/tasks', tag: 'tasks' })
  },
)
