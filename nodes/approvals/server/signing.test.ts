import { callRoute, flow, testCaller, testWorld } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { corePack } from '../../core/index.ts'
import { coreServer } from '../../core/server/index.ts'
import { tasks } from '../domain/tables.ts'
import { approvalsPack } from '../index.ts'
import { approvalsServer } from './index.ts'
import { admin, ann, asking, bob, cat, dan, director, handsOn } from './testing/case.ts'

const ports = ['approve', 'reject', 'withdrawn', 'expired']
const form = { type: 'object', properties: { note: { type: 'string' } }, additionalProperties: false }
const task = { title: 'Discount', assignee: 'user:u-ann', due: 'P7D', form }
const asked = (more: object = {}) => asking('approvals.task', { ...task, ...more }, ports)
const kinds = (journal: readonly { readonly act?: string }[]) => journal.flatMap(({ act }) => act ?? [])

describe('several sign at once', () => {
  test('all: the run waits for the last one and tells who signed', async () => {
    const { it, run, openOf, answer } = asked({ together: ['user:u-bob', 'user:u-cat'] })
    await answer(openOf('user:u-ann'), 'approve', ann, { note: 'ok' })
    await answer(openOf('user:u-bob'), 'approve', bob)
    expect(it.run(run).status).toBe('waiting')
    await answer(openOf('user:u-cat'), 'approve', cat)
    expect(it.run(run)).toMatchObject({
      status: 'succeeded',
      output: { action: 'approve', by: 'u-cat', signatures: [{ by: 'u-ann', data: { note: 'ok' } }, { by: 'u-bob' }, { by: 'u-cat' }] },
    })
  })

  test('all: the first no ends it and the others are asked no more', async () => {
    const { it, run, open, openOf, answer } = asked({ together: ['user:u-bob'] })
    const bobs = openOf('user:u-bob')
    await answer(openOf('user:u-ann'), 'reject', ann)
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { action: 'reject' } })
    expect(open()).toEqual([])
    await expect(answer(bobs, 'approve', bob)).rejects.toMatchObject({ code: 'SLU_TASK_CLOSED', status: 409 })
  })

  test('any: the first answer counts', async () => {
    const { it, run, open, openOf, answer } = asked({ together: ['user:u-bob', 'user:u-cat'], sign: 'any' })
    await answer(openOf('user:u-bob'), 'approve', bob)
    expect(it.run(run).output).toMatchObject({ action: 'approve', by: 'u-bob' })
    expect(open()).toEqual([])
  })

  test('ratio: two of three are enough, one no is not the end', async () => {
    const { it, run, openOf, answer } = asked({ together: ['user:u-bob', 'user:u-cat'], sign: 'ratio', ratio: 0.6 })
    await answer(openOf('user:u-ann'), 'reject', ann)
    await answer(openOf('user:u-bob'), 'approve', bob)
    expect(it.run(run).status).toBe('waiting')
    await answer(openOf('user:u-cat'), 'approve', cat)
    expect(it.run(run).output).toMatchObject({ action: 'approve' })
  })

  test('two signatures are two people', async () => {
    const { openOf, answer } = asked({ together: ['role:rep'], assignee: 'user:u-ann' })
    await answer(openOf('user:u-ann'), 'approve', ann)
    await expect(answer(openOf('role:rep'), 'approve', ann)).rejects.toMatchObject({ code: 'SLU_TASK_TWICE', status: 403 })
    await answer(openOf('role:rep'), 'approve', bob)
  })

  test.each(['person first', 'token first'])('a token is no second person beside whoever made it (%s)', async (order) => {
    const token = testCaller('tok-ann', ['rep'], { kind: 'token', behind: 'u-ann' })
    const { openOf, answer } = asked({ together: ['role:rep'], assignee: 'user:u-ann' })
    const hers = () => answer(openOf('user:u-ann'), 'approve', ann)
    const tokens = () => answer(openOf('role:rep'), 'approve', token)
    const [first, second] = order === 'person first' ? [hers, tokens] : [tokens, hers]
    await first()
    await expect(second()).rejects.toMatchObject({ code: 'SLU_TASK_TWICE', status: 403 })
  })

  test('an author’s token does not answer for them where four eyes are asked for', async () => {
    const token = testCaller('tok-ann', ['rep'], { kind: 'token', behind: 'u-ann' })
    const { openOf, answer } = asked({ assignee: 'role:rep', fourEyes: true, author: 'u-ann' })
    await expect(answer(openOf('role:rep'), 'approve', token)).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
    await answer(openOf('role:rep'), 'approve', bob)
  })

  test.each(['rep:r-ann', 'r-ann'])('nor does one where the author is named as a rep (%s)', async (author) => {
    const token = testCaller('tok-ann', ['rep'], { kind: 'token', behind: 'u-ann', behindRep: 'r-ann' })
    const { openOf, answer } = asked({ assignee: 'role:rep', fourEyes: true, author })
    await expect(answer(openOf('role:rep'), 'approve', token)).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
    await answer(openOf('role:rep'), 'approve', bob)
  })

  test('nor does the deputy of an author who is named as a rep', async () => {
    const away = testCaller('u-cat', ['rep'], { rep: 'r-cat' })
    const { it, openOf, answer } = asked({ assignee: 'user:u-cat', together: ['role:rep'], fourEyes: true, author: 'rep:r-cat' })
    const dates = { from: new Date(it.now()).toISOString(), until: new Date(it.now() + 86_400_000).toISOString() }
    await callRoute(it, approvalsServer, 'POST /absences', away, { body: { deputy: 'user:u-bob', ...dates } })
    await expect(answer(openOf('user:u-cat'), 'approve', bob)).rejects.toMatchObject({ code: 'SLU_TASK_OWN', status: 403 })
    await answer(openOf('role:rep'), 'approve', bob)
  })

  test('when its time is over nobody may sign any more', async () => {
    const { it, run, open, openOf, answer } = asked({ together: ['user:u-bob'], due: 'PT1H' })
    await answer(openOf('user:u-ann'), 'approve', ann)
    const bobs = openOf('user:u-bob')
    it.advance(3_600_000)
    expect(it.run(run).status).toBe('succeeded')
    expect(Object.keys(it.run(run).outputs)).toContain('to-expired')
    expect(open()).toEqual([])
    await expect(answer(bobs, 'approve', bob)).rejects.toMatchObject({ code: 'SLU_TASK_CLOSED' })
  })
})

describe('one after another', () => {
  test('the next one sees what those before wrote, and it is part of the hash', async () => {
    const { it, run, open, openOf, answer, read } = asked({ next: ['user:u-bob', '', 'user:u-cat'] })
    const first = openOf('user:u-ann')
    expect(open()).toHaveLength(1)
    await answer(first, 'approve', ann, { note: 'fine' })
    const second = openOf('user:u-bob')
    expect(await read(second.id, bob)).toMatchObject({ earlier: [{ by: 'u-ann', action: 'approve', data: { note: 'fine' } }] })
    expect(second.shownHash).not.toBe(first.shownHash)
    await expect(answer({ ...second, shownHash: first.shownHash }, 'approve', bob)).rejects.toMatchObject({ code: 'SLU_TASK_CHANGED' })
    await answer(second, 'approve', bob)
    await answer(openOf('user:u-cat'), 'approve', cat)
    expect(it.run(run).output).toMatchObject({ action: 'approve', by: 'u-cat' })
  })

  test('a no in the middle ends it', async () => {
    const { it, run, openOf, answer } = asked({ next: ['user:u-bob', 'user:u-cat'] })
    await answer(openOf('user:u-ann'), 'approve', ann)
    await answer(openOf('user:u-bob'), 'reject', bob)
    expect(it.run(run).output).toMatchObject({ action: 'reject', signatures: [{ by: 'u-ann' }, { by: 'u-bob' }] })
  })
})

describe('one more signer', () => {
  test('before: the one who asked signs after them', async () => {
    const { it, run, open, openOf, post, answer } = asked()
    await post('add-signer', openOf('user:u-ann').id, { to: 'user:u-bob', place: 'before', comment: 'legal?' }, ann)
    expect(open().map(({ assignee }) => assignee)).toEqual(['user:u-bob'])
    await answer(openOf('user:u-bob'), 'approve', bob, { note: 'clear' })
    await answer(openOf('user:u-ann'), 'approve', ann)
    expect(it.run(run).output).toMatchObject({ action: 'approve', signatures: [{ by: 'u-bob' }, { by: 'u-ann' }] })
  })

  test('with: both are needed', async () => {
    const { it, run, openOf, post, answer } = asked()
    const mine = openOf('user:u-ann')
    await post('add-signer', mine.id, { to: 'user:u-bob' }, ann)
    await answer(mine, 'approve', ann)
    expect(it.run(run).status).toBe('waiting')
    await answer(openOf('user:u-bob'), 'approve', bob)
    expect(it.run(run).status).toBe('succeeded')
  })

  test('after: comes when this one has signed', async () => {
    const { it, run, open, openOf, post, answer } = asked()
    const mine = openOf('user:u-ann')
    await post('add-signer', mine.id, { to: 'user:u-bob', place: 'after' }, ann)
    expect(open()).toHaveLength(1)
    await answer(mine, 'approve', ann)
    await answer(openOf('user:u-bob'), 'approve', bob)
    expect(it.run(run).status).toBe('succeeded')
  })

  test('not by others, not twice, and not without end', async () => {
    const { openOf, post } = asked()
    const { id } = openOf('user:u-ann')
    await expect(post('add-signer', id, { to: 'user:u-dan' }, bob)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS' })
    for (let index = 0; index < 19; index++) await post('add-signer', id, { to: `user:x-${index}` }, ann)
    await expect(post('add-signer', id, { to: 'user:x-3' }, ann)).rejects.toMatchObject({ code: 'SLU_TASK_SIGNERS' })
    await expect(post('add-signer', id, { to: 'user:x-99' }, ann)).rejects.toMatchObject({ code: 'SLU_TASK_SIGNERS', status: 409 })
  })
})

describe('giving back', () => {
  test('to an earlier signer: what was not changed in between stays signed', async () => {
    const { it, run, open, openOf, post, answer } = asked({ next: ['user:u-bob', 'user:u-cat'] })
    await answer(openOf('user:u-ann'), 'approve', ann, { note: 'one' })
    await answer(openOf('user:u-bob'), 'approve', bob)
    await post('return', openOf('user:u-cat').id, { stage: 1, comment: 'look again' }, cat)
    expect(open().map(({ assignee }) => assignee)).toEqual(['user:u-ann'])
    await answer(openOf('user:u-ann'), 'approve', ann, { note: 'one' })
    expect(open().map(({ assignee }) => assignee)).toEqual(['user:u-cat'])
    await answer(openOf('user:u-cat'), 'approve', cat)
    expect(it.run(run).output).toMatchObject({ action: 'approve', signatures: [{ by: 'u-ann' }, { by: 'u-bob' }, { by: 'u-cat' }] })
  })

  test('to an earlier signer: who was shown something else signs again', async () => {
    const { open, openOf, post, answer } = asked({ next: ['user:u-bob', 'user:u-cat'] })
    await answer(openOf('user:u-ann'), 'approve', ann, { note: 'one' })
    await answer(openOf('user:u-bob'), 'approve', bob)
    await post('return', openOf('user:u-cat').id, { stage: 1 }, cat)
    await answer(openOf('user:u-ann'), 'approve', ann, { note: 'two' })
    expect(open().map(({ assignee }) => assignee)).toEqual(['user:u-bob'])
  })

  test('to whoever had it before; out of one’s own hands; else there is nobody', async () => {
    const { openOf, post } = asked()
    const { id } = openOf('user:u-ann')
    await post('transfer', id, { to: 'user:u-bob' }, ann)
    await post('return', id, { comment: 'yours' }, bob)
    expect(openOf('user:u-ann').id).toBe(id)
    await post('claim', id, {}, ann)
    expect(await post('return', id, {}, ann)).toMatchObject({ claimedBy: null })
    await expect(post('return', id, {}, ann)).rejects.toMatchObject({ code: 'SLU_TASK_RETURN', status: 409 })
  })

  test.each<[string, object, readonly string[]]>([
    ['the same content asks nobody twice', { amount: 5 }, ['check']],
    ['other content is asked again', { said: '{% nodes.check.data.note %}' }, ['ask']],
  ])('coming round again: %s', async (_name, show, asks) => {
    const drawing = flow('round')
      .node('start', 'core.event', { type: 'go' })
      .node('ask', 'approvals.task', { ...task, show, keep: true, actions: ['approve'] })
      .node('check', 'approvals.task', { ...task, actions: ['again', 'done'] })
      .wire('start', 'ask')
      .wire('ask.approve', 'check')
      .wire('check.again', 'ask')
      .build()
    const it = testWorld({ packs: [corePack, approvalsPack], servers: [coreServer, approvalsServer], flows: [drawing] })
    it.send('go')
    const { open, openOf, answer } = handsOn(it)
    await answer(openOf('user:u-ann'), 'approve', ann)
    await answer(openOf('user:u-ann'), 'again', ann, { note: 'once more' })
    expect(open().map(({ node }) => node)).toEqual(asks)
  })
})

describe('the sender', () => {
  test('takes back what they sent in, and nobody else does', async () => {
    const { it, run, openOf, post } = asked({ author: 'user:u-dan', withdrawable: true })
    const { id } = openOf('user:u-ann')
    await expect(post('withdraw', id, {}, ann)).rejects.toMatchObject({ code: 'SLU_TASK_WITHDRAW', status: 403 })
    await post('withdraw', id, { comment: 'a mistake' }, dan)
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { withdrawn: true, by: 'u-dan' } })
    expect(Object.keys(it.run(run).outputs)).toContain('to-withdrawn')
    await expect(post('withdraw', id, {}, dan)).rejects.toMatchObject({ code: 'SLU_TASK_CLOSED' })
  })

  test('where the flow offers no such way, it stays', async () => {
    const { openOf, post } = asked({ author: 'user:u-dan' })
    await expect(post('withdraw', openOf('user:u-ann').id, {}, dan)).rejects.toMatchObject({ code: 'SLU_TASK_WITHDRAW' })
  })
})

describe('asking', () => {
  test('a question lies in the inbox of whoever is asked, its answer beside the task, and it closes with it', async () => {
    const { it, run, openOf, post, answer, read } = asked({ author: 'user:u-dan' })
    const { id } = openOf('user:u-ann')
    await post('ask', id, { text: 'Why 5?' }, ann)
    const question = openOf('user:u-dan')
    expect(question).toMatchObject({ kind: 'question', title: 'Why 5?', actions: ['reply'] })
    await expect(post('ask', question.id, { text: 'What?' }, dan)).rejects.toMatchObject({ code: 'SLU_TASK_QUESTION' })
    await answer(question, 'reply', dan, { answer: 'A loyal customer' })
    await post('comment', id, { text: 'I see' }, ann)
    expect(it.run(run).status).toBe('waiting')
    expect((await read(id, ann)).thread).toMatchObject([
      { act: 'asked', by: 'u-ann', to: 'user:u-dan', text: 'Why 5?' },
      { act: 'replied', by: 'u-dan', text: 'A loyal customer' },
      { act: 'commented', text: 'I see' },
    ])
    await post('ask', id, { to: 'user:u-bob', text: 'And you?' }, ann)
    await answer(openOf('user:u-ann'), 'approve', ann)
    expect(it.store.records.find(tasks, { id: question.id })?.state).toBe('answered')
    expect(it.store.records.count(tasks, { state: 'open' })).toBe(0)
  })

  test('a note has a length, and so has the list of questions', async () => {
    const { openOf, post } = asked({ author: 'user:u-dan' })
    const { id } = openOf('user:u-ann')
    for (let index = 0; index < 20; index++) await post('ask', id, { text: `Question ${index}` }, ann)
    await expect(post('ask', id, { text: 'one more' }, ann)).rejects.toMatchObject({ code: 'SLU_TASK_NOTES' })
    await expect(post('comment', id, { text: 'x' }, bob)).rejects.toMatchObject({ code: 'SLU_TASK_NOT_YOURS' })
  })
})

describe('the clock', () => {
  test('reminds, then hands it to the next in line, and both stand in the journal', () => {
    const { it, run, openOf } = asked({ remindAfter: 'PT1H', escalateAfter: 'PT150M', escalateTo: 'role:director' })
    it.advance(2 * 3_600_000)
    expect(openOf('user:u-ann').reminders).toBe(2)
    it.advance(3_600_000)
    expect(openOf('role:director')).toMatchObject({ heldBy: ['user:u-ann'], claimedBy: null })
    const journal = it.feed.flatMap((item) => ('entries' in item && item.run === run ? item.entries : []))
    expect(kinds(journal as never)).toEqual(['reminded', 'reminded', 'escalated', 'reminded'])
  })

  test('reminds five times and no more, and not about what is done', async () => {
    const { it, openOf, answer } = asked({ remindAfter: 'PT1H' })
    it.advance(10 * 3_600_000)
    expect(openOf('user:u-ann').reminders).toBe(5)
    const second = asked({ remindAfter: 'PT1H' })
    await second.answer(second.openOf('user:u-ann'), 'approve', ann)
    second.it.advance(5 * 3_600_000)
    expect(second.it.store.records.list(tasks)[0]?.reminders ?? 0).toBe(0)
    await answer(openOf('user:u-ann'), 'approve', ann)
  })
})

describe('nobody there', () => {
  const people = ['u-ann rep', 'u-admin admin']
  const asked = (more: object) => asking('approvals.task', { ...task, ...more }, ports, people)

  test('a role nobody holds gives way to whoever the rule names', () => {
    expect(asked({ assignee: 'role:director', ifNobody: 'role:admin' }).open()).toMatchObject([{ assignee: 'role:admin' }])
  })

  test('so does one that only the author holds', () => {
    const { open } = asked({ assignee: 'role:rep', ifNobody: 'role:admin', fourEyes: true, author: 'u-ann' })
    expect(open()).toMatchObject([{ assignee: 'role:admin' }])
  })

  test('or it is an incident that says why', () => {
    const { it, run } = asked({ assignee: 'role:director', ifNobody: 'incident' })
    expect(it.run(run)).toMatchObject({ status: 'incident' })
    expect(Object.values(it.run(run).tokens)[0]?.error).toMatchObject({ code: 'SLU_TASK_NOBODY' })
  })

  test('without a rule it is asked as it is named', () => {
    expect(asked({ assignee: 'role:director' }).open()).toMatchObject([{ assignee: 'role:director' }])
  })
})

test('who is shown what changes hands is told in the thread, the audit log and the journal', async () => {
  const { it, run, openOf, post, read } = asked()
  const { id } = openOf('user:u-ann')
  await post('claim', id, {}, ann)
  await post('transfer', id, { to: 'role:director', comment: 'your call' }, ann)
  expect((await read(id, director)).thread).toMatchObject([
    { act: 'claimed', by: 'u-ann' },
    { act: 'transferred', to: 'role:director', text: 'your call' },
  ])
  const journal = it.feed.flatMap((item) => ('entries' in item && item.run === run ? item.entries : []))
  expect(journal).toContainEqual(expect.objectContaining({ kind: 'task.noted', act: 'transferred', by: 'u-ann', node: 'ask' }))
  expect(JSON.stringify(journal)).not.toContain('your call')
  await expect(post('transfer', id, { to: 'user:u-x', comment: 'x'.repeat(2_001) }, admin)).rejects.toMatchObject({
    code: 'SLU_TASK_NOTES',
  })
})
