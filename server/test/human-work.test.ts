import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn, tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

type Headers = Record<string, string>
interface Person {
  readonly id: string
  readonly headers: Headers
}

let server: TestServer
let ann: Person
let bo: Person
let cy: Person

const person = () => signedInAs('director')

async function signedInAs(role: 'director' | 'admin'): Promise<Person> {
  const headers = { ...(await signedIn(server, role)), origin: 'http://localhost' }
  const { user } = (await server.ask('GET', '/api/v1/session', undefined, headers)).json()
  return { id: user.id, headers }
}

/** Whom it asks, and how, comes with the event. */
const asks = (key: string, config: object) => ({
  format: 'sluice/flow@1',
  key,
  name: { en: 'Asks', 'zh-CN': '询问' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
    {
      id: 'ask',
      type: 'approvals.task',
      config: { title: 'Look', assignee: '{% event.data.to %}', due: 'P2D', form: { type: 'object' }, ...config },
    },
    { id: 'yes', type: 'core.transform', config: { value: 'yes' } },
    { id: 'no', type: 'core.transform', config: { value: 'no' } },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.approve', to: 'yes.in' },
    { from: 'ask.reject', to: 'no.in' },
    { from: 'ask.expired', to: 'no.in' },
    ...('withdrawable' in config ? [{ from: 'ask.withdrawn', to: 'no.in' }] : []),
  ],
})

beforeAll(async () => {
  server = await startServer()
  ;[ann, bo, cy] = [await person(), await person(), await person()]
  await publish(server, asks('one', {}))
  await publish(server, asks('eyes', { fourEyes: true }))
  await publish(server, asks('signed', { fourEyes: true, author: '{% event.data.by %}' }))
  await publish(server, asks('back', { withdrawable: true, author: '{% event.data.by %}' }))
  await publish(server, asks('two', { together: ['{% event.data.also %}'], next: ['{% event.data.last %}'] }))
  await publish(server, asks('any', { together: ['{% event.data.also %}', '{% event.data.last %}'], sign: 'any' }))
  await publish(server, asks('most', { together: ['{% event.data.also %}', '{% event.data.last %}'], sign: 'ratio', ratio: 0.5 }))
  await publish(server, asks('empty', { ifNobody: '{% event.data.else %}' }))
})

test('a rep’s own token does not answer where four eyes are asked for and the rep is the author', async () => {
  const maker = { ...(await signedIn(server, 'admin', 'r-77')), origin: 'http://localhost' }
  const made = await server.ask('POST', '/api/v1/tokens', { name: 'mine', roles: ['director'] }, maker)
  const ownToken = { authorization: `Bearer ${made.json().token}` }
  await publish(server, asks('own-rep', { fourEyes: true, author: '{% event.data.by %}' }))
  const of = await begin('own-rep', { to: 'role:director', by: 'rep:r-77' })
  const { items } = (await server.ask('GET', '/api/v1/tasks?state=open')).json()
  const task = items.find((one: { run: string }) => one.run === of)
  const answer = (headers: Headers) =>
    server.ask('POST', `/api/v1/tasks/${task.id}/answer`, { action: 'approve', data: {}, shownHash: task.shownHash }, headers)
  expect((await answer(ownToken)).json()).toMatchObject({ status: 403, code: 'SLU_TASK_OWN' })
  expect((await answer(maker)).json()).toMatchObject({ status: 403, code: 'SLU_TASK_OWN' })
  expect((await answer(await tokenFor(server, 'director'))).statusCode).toBe(200)
})

async function begin(key: string, data: object): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: `com.example.${key}`, data }))
  return answer.json().runs[0].run
}
const user = ({ id }: Person) => `user:${id}`
const run = async (id: string) => (await server.ask('GET', `/api/v1/runs/${id}`)).json()
const mine = async (who: Person, of: string) =>
  (await server.ask('GET', '/api/v1/tasks?mine=true&state=open', undefined, who.headers))
    .json()
    .items.find((task: { run: string }) => task.run === of)

async function act(who: Person, of: string, name: string, body: object = {}) {
  const task = await mine(who, of)
  const answer = await server.ask('POST', `/api/v1/tasks/${task?.id}/${name}`, body, who.headers)
  expect(answer.statusCode, `${name}: ${answer.body}`).toBeLessThan(300)
  return task
}
async function answer(who: Person, of: string, action = 'approve') {
  const task = await mine(who, of)
  const { shownHash } = (await server.ask('GET', `/api/v1/tasks/${task?.id}`, undefined, who.headers)).json()
  return act(who, of, 'answer', { action, data: {}, shownHash })
}
/** Kinds of what the log says about this run, the first one first. */
async function audited(of: string): Promise<readonly string[]> {
  const { items } = (await server.ask('GET', '/api/v1/audit?limit=200')).json()
  return items
    .filter(({ kind, refs }: { kind: string; refs: { run?: string } }) => refs.run === of && kind.startsWith('task.'))
    .map(({ kind }: { kind: string }) => kind)
    .reverse()
}

test('claimed, asked about, passed on, given back and answered: each act is in the log, and the answer leads the run on', async () => {
  const it = await begin('one', { to: user(ann) })
  await act(ann, it, 'claim')
  await act(ann, it, 'comment', { text: 'Looking' })
  await act(ann, it, 'transfer', { to: user(bo) })
  expect(await mine(ann, it)).toBeUndefined()
  await act(bo, it, 'return')
  await act(ann, it, 'ask', { to: user(cy), text: 'Is this right?' })
  await answer(ann, it)
  expect(await run(it)).toMatchObject({ state: 'succeeded', output: 'yes' })
  expect(await audited(it)).toEqual(
    expect.arrayContaining(['task.claimed', 'task.commented', 'task.transferred', 'task.returned', 'task.asked', 'task.answered']),
  )
  const { items } = (await server.ask('GET', `/api/v1/runs/${it}/journal`)).json()
  expect(items.map(({ kind }: { kind: string }) => kind)).toContain('task.noted')
})

test.each([
  ['before', [() => bo, () => ann]],
  ['with', [() => ann, () => bo]],
  ['after', [() => ann, () => bo]],
] as const)('a signer added %s signs too, in that order', async (place, order) => {
  const it = await begin('one', { to: user(ann) })
  await act(ann, it, 'add-signer', { to: user(bo), place })
  const isOpen = async (who: Person) => (await mine(who, it)) !== undefined
  expect([await isOpen(ann), await isOpen(bo)]).toEqual([place !== 'before', place !== 'after'])
  for (const who of order) {
    expect((await run(it)).state).toBe('waiting')
    await answer(who(), it)
  }
  expect(await run(it)).toMatchObject({ state: 'succeeded', output: 'yes' })
  expect(await audited(it)).toContain('task.signer-added')
})

test('counter-signing: all of them and then the next one; the first answer; a share of them', async () => {
  const all = { to: user(ann), also: user(bo), last: user(cy) }
  const two = await begin('two', all)
  await answer(ann, two)
  expect((await run(two)).state).toBe('waiting')
  await answer(bo, two)
  expect((await run(two)).state).toBe('waiting')
  await answer(cy, two)
  expect((await run(two)).output).toBe('yes')
  const any = await begin('any', all)
  await answer(cy, any)
  expect((await run(any)).output).toBe('yes')
  const most = await begin('most', all)
  await answer(ann, most, 'reject')
  expect((await run(most)).state).toBe('waiting')
  await answer(bo, most)
  await answer(cy, most)
  expect((await run(most)).output).toBe('yes')
  expect(await audited(two)).toContain('task.signed')
})

test('its sender takes it back, and nobody else does', async () => {
  const it = await begin('back', { to: user(ann), by: cy.id })
  const task = await mine(ann, it)
  expect((await server.ask('POST', `/api/v1/tasks/${task.id}/withdraw`, {}, bo.headers)).statusCode).toBe(403)
  expect((await server.ask('POST', `/api/v1/tasks/${task.id}/withdraw`, { comment: 'My mistake' }, cy.headers)).statusCode).toBe(200)
  expect(await run(it)).toMatchObject({ state: 'succeeded', output: 'no' })
  expect(await audited(it)).toContain('task.withdrawn')
})

test('a deputy answers while somebody is away, and it is said for whom', async () => {
  const from = new Date(Date.now() - 60_000).toISOString()
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const away = await server.ask('POST', '/api/v1/absences', { deputy: user(bo), from, until }, ann.headers)
  expect(away.statusCode, away.body).toBe(201)
  const it = await begin('one', { to: user(ann) })
  await answer(bo, it)
  expect((await run(it)).output).toBe('yes')
  expect((await server.ask('POST', `/api/v1/absences/${away.json().id}/end`, undefined, ann.headers)).statusCode).toBe(200)
  const kinds = (await server.ask('GET', '/api/v1/audit?limit=200')).json().items.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['absence.set', 'absence.ended', 'task.answered']))
})

test('the deputy of an author whom the task calls by their rep id is found out, whoever entered the absence and when', async () => {
  const boss = await signedInAs('admin')
  const away = await person()
  const from = new Date(Date.now() - 60_000).toISOString()
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const enter = (who: string) => server.ask('POST', '/api/v1/absences', { person: who, deputy: user(bo), from, until }, boss.headers)
  const refused = async (author: string, assignee: string) => {
    const { id, shownHash } = await mine(bo, await begin('signed', { to: assignee, by: author }))
    const body = { action: 'approve', data: {}, shownHash }
    const answered = await server.ask('POST', `/api/v1/tasks/${id}/answer`, body, bo.headers)
    expect([answered.statusCode, answered.json().code], `${author}, ${assignee}`).toEqual([403, 'SLU_TASK_OWN'])
  }
  const early = await enter(away.id)
  expect(early.statusCode, early.body).toBe(201)
  expect((await server.ask('PATCH', `/api/v1/users/${away.id}`, { rep: 'r-away' }, boss.headers)).statusCode).toBe(200)
  await refused('rep:r-away', user(away))
  expect((await server.ask('POST', `/api/v1/absences/${early.json().id}/end`, undefined, boss.headers)).statusCode).toBe(200)
  for (const name of [away.id, user(away), 'rep:r-away']) {
    const entered = await enter(name)
    expect(entered.json().person, entered.body).toBe(away.id)
    await refused('rep:r-away', user(away))
    await refused(away.id, 'rep:r-away')
    await server.ask('POST', `/api/v1/absences/${entered.json().id}/end`, undefined, boss.headers)
  }
  expect((await enter('r-nobody')).json()).toMatchObject({ status: 422, code: 'SLU_ABSENCE_PERSON' })
})

test('where nobody can be asked it goes to whom the rule names, or stops the run for an operator', async () => {
  const other = await begin('empty', { to: 'role:legal', else: user(bo) })
  await answer(bo, other)
  expect((await run(other)).output).toBe('yes')
  const stopped = await begin('empty', { to: 'role:legal', else: 'incident' })
  expect((await run(stopped)).state).toBe('incident')
})

test('whoever made a token is the author of what it sends, also when another token made it', async () => {
  const boss = await signedInAs('admin')
  const first = (await server.ask('POST', '/api/v1/tokens', { name: 'first', roles: ['admin'] }, boss.headers)).json()
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const second = (await server.ask('POST', '/api/v1/tokens', { name: 'second', roles: ['admin'] }, bearer(first.token))).json()
  expect(second.createdBy).toBe(boss.id)
  for (const { token } of [first, second]) {
    const event = cloudEvent({ type: 'com.example.eyes', data: { to: 'role:admin' } })
    const [{ run: of }] = (await server.ask('POST', '/api/v1/events', event, bearer(token))).json().runs
    const { id } = await mine(boss, of)
    const { shownHash } = (await server.ask('GET', `/api/v1/tasks/${id}`, undefined, boss.headers)).json()
    const refused = await server.ask('POST', `/api/v1/tasks/${id}/answer`, { action: 'approve', data: {}, shownHash }, boss.headers)
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'SLU_TASK_OWN'])
  }
})

/** Two acts of one moment, in both orders: each is answered, one task is never both, and the run hears of exactly one result. */
describe('an answer and another act of the same moment', () => {
  const post = (who: Person, task: string, name: string, body: object) =>
    server.ask('POST', `/api/v1/tasks/${task}/${name}`, body, who.headers)

  async function together(flow: string, first: 'answer' | 'act', name: string, body: object, by: () => Person = () => ann) {
    const it = await begin(flow, { to: user(ann), by: cy.id })
    const { id } = await mine(ann, it)
    const { shownHash } = (await server.ask('GET', `/api/v1/tasks/${id}`, undefined, ann.headers)).json()
    const answered = () => post(ann, id, 'answer', { action: 'approve', data: {}, shownHash })
    const acted = () => post(by(), id, name, body)
    const [one, other] = await Promise.all(first === 'answer' ? [answered(), acted()] : [acted(), answered()])
    const [answer, act] = first === 'answer' ? [one, other] : [other, one]
    const { items } = (await server.ask('GET', `/api/v1/runs/${it}/journal?limit=200`)).json()
    const results = items.filter(({ kind }: { kind: string }) => kind === 'task.answered').length
    return { it, answer, act, results, state: await run(it) }
  }

  test.each(['answer', 'act'] as const)('passing on (%s first): answered, or somebody else’s', async (first) => {
    const { answer, act, results, state } = await together('one', first, 'transfer', { to: user(bo) })
    const isAnswered = answer.statusCode === 200
    expect([answer.statusCode, act.statusCode]).toEqual(isAnswered ? [200, 409] : [403, 200])
    expect([results, state.state]).toEqual(isAnswered ? [1, 'succeeded'] : [0, 'waiting'])
  })

  test.each(['answer', 'act'] as const)(
    'a further signer (%s first): the answer stands alone, or the signer is still asked',
    async (first) => {
      const { it, answer, act, results, state } = await together('one', first, 'add-signer', { to: user(bo), place: 'with' })
      expect(answer.statusCode, answer.body).toBe(200)
      expect([200, 409]).toContain(act.statusCode)
      if (act.statusCode === 409) expect([results, state.state]).toEqual([1, 'succeeded'])
      else {
        expect([results, state.state]).toEqual([0, 'waiting'])
        await settle(it, bo)
      }
    },
  )

  test.each(['answer', 'act'] as const)('giving back (%s first): answered, or out of one’s hands', async (first) => {
    const { it, answer, act, results, state } = await together('one', first, 'return', {})
    if (act.statusCode === 200 && answer.statusCode !== 200) expect([results, state.state]).toEqual([0, 'waiting'])
    else {
      expect(answer.statusCode, answer.body).toBe(200)
      expect([results, state.state, state.output]).toEqual([1, 'succeeded', 'yes'])
      expect((await run(it)).state).toBe('succeeded')
    }
    expect([answer.statusCode, act.statusCode].every((code) => [200, 403, 409].includes(code))).toBe(true)
  })

  test.each(['answer', 'act'] as const)('taking it back (%s first): answered or withdrawn, never both', async (first) => {
    const { answer, act, results, state } = await together('back', first, 'withdraw', {}, () => cy)
    expect([answer.statusCode, act.statusCode].sort()).toEqual([200, 409])
    expect([results, state.state, state.output]).toEqual([1, 'succeeded', answer.statusCode === 200 ? 'yes' : 'no'])
  })

  test.each(['answer', 'act'] as const)('the same answer twice (%s first): one of them', async (first) => {
    const it = await begin('one', { to: user(ann) })
    const { id } = await mine(ann, it)
    const { shownHash } = (await server.ask('GET', `/api/v1/tasks/${id}`, undefined, ann.headers)).json()
    const actions = first === 'answer' ? ['approve', 'reject'] : ['reject', 'approve']
    const answers = await Promise.all(actions.map((action) => post(ann, id, 'answer', { action, data: {}, shownHash })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const won = actions[answers.findIndex(({ statusCode }) => statusCode === 200)]
    expect((await run(it)).output).toBe(won === 'approve' ? 'yes' : 'no')
  })

  async function settle(it: string, who: Person) {
    await answer(who, it)
    expect(await run(it)).toMatchObject({ state: 'succeeded', output: 'yes' })
  }
})
