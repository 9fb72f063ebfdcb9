import { beforeAll, describe, expect, test } from 'vitest'
import { anonymous } from '../src/auth/caller.ts'
import { commentLimits, commentsTable } from '../src/commands/comment-tables.ts'
import { noticeLimits } from '../src/commands/notice-tables.ts'
import { streamFilter } from '../src/stream/filter.ts'
import { signedIn } from './helpers/people.ts'
import { listeningFlow, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
let ann: Record<string, string>
let legal: Record<string, string>
let count = 0
beforeAll(async () => {
  server = await startServer()
  ann = await signedIn(server, 'analyst')
  legal = await signedIn(server, 'legal')
})

async function newFlow(): Promise<string> {
  count += 1
  const key = `talk-${count}`
  await server.ask('PUT', `/api/v1/flows/${key}`, listeningFlow(key))
  return `/api/v1/flows/${key}`
}

const onStep = { kind: 'step', id: 'shape' }
const begin = async (flow: string, text = 'Why twice?', more: object = {}, who = legal) =>
  (await server.ask('POST', `${flow}/comments`, { anchor: onStep, text, ...more }, who)).json()
const threads = async (flow: string, query = '', who = ann) =>
  (await server.ask('GET', `${flow}/comments${query}`, undefined, who)).json().items

test('a person of legal asks about a step, an analyst answers, and the thread is resolved and opened again', async () => {
  const flow = await newFlow()
  const { id } = await begin(flow)
  await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'Because of the tax.' }, ann)
  expect(await threads(flow)).toMatchObject([
    {
      id,
      anchor: onStep,
      about: 'shape',
      state: 'open',
      assignee: null,
      comments: [
        { author: 'legal', isMine: false, text: 'Why twice?' },
        { author: 'analyst', isMine: true },
      ],
    },
  ])
  await server.ask('PATCH', `${flow}/comments/${id}`, { resolved: true }, ann)
  expect(await threads(flow, '?state=open')).toEqual([])
  expect(await threads(flow, '?state=resolved')).toMatchObject([{ state: 'resolved', resolvedBy: 'analyst' }])
  await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'One more thing.' }, legal)
  expect(await threads(flow, '?state=open')).toMatchObject([{ state: 'open', resolvedBy: null }])
})

test('comments never touch the flow: file, version and hash stay, and publishing leaves them alone', async () => {
  const flow = await newFlow()
  const before = await server.ask('GET', flow)
  await begin(flow)
  const after = await server.ask('GET', flow)
  expect([after.body, after.headers.etag]).toEqual([before.body, before.headers.etag])
  await server.ask('POST', `${flow}/publish`)
  expect(await threads(flow)).toHaveLength(1)
})

test('a thread on a step that is gone is still there under the name the step had', async () => {
  const flow = await newFlow()
  const file = (await server.ask('GET', flow)).json()
  file.nodes[1].name = { en: 'Double it', 'zh-CN': '加倍' }
  await server.ask('PUT', flow, file)
  await begin(flow)
  await begin(flow, 'And this wire?', { anchor: { kind: 'edge', id: 'start.out>shape.in' } })
  await server.ask('PUT', flow, { ...file, nodes: [file.nodes[0], file.nodes[2]], edges: [] })
  expect((await threads(flow)).map(({ about }: { about: unknown }) => about)).toEqual([
    ['start', { en: 'Double it', 'zh-CN': '加倍' }],
    { en: 'Double it', 'zh-CN': '加倍' },
  ])
})

test('only its author changes a comment or takes it back; an admin may take back any; answered ones only lose their words', async () => {
  const flow = await newFlow()
  const { id } = await begin(flow)
  const other = await server.ask('PATCH', `${flow}/comments/${id}`, { text: 'Mine now' }, ann)
  expect(other.json()).toMatchObject({ status: 403, code: 'SLU_COMMENT_OF_OTHER' })
  expect((await server.ask('DELETE', `${flow}/comments/${id}`, undefined, ann)).json().code).toBe('SLU_COMMENT_OF_OTHER')
  await server.ask('PATCH', `${flow}/comments/${id}`, { text: 'Why twice, really?' }, legal)
  expect(await threads(flow)).toMatchObject([{ comments: [{ text: 'Why twice, really?', editedAt: expect.any(String) }] }])
  await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'Tax' }, ann)
  expect((await server.ask('DELETE', `${flow}/comments/${id}`, undefined, legal)).statusCode).toBe(204)
  expect(await threads(flow)).toMatchObject([{ comments: [{ text: '', isDeleted: true }, { text: 'Tax' }] }])
  const reply = (await threads(flow))[0].comments[1].id
  expect((await server.ask('DELETE', `${flow}/comments/${reply}`)).statusCode).toBe(204)
  expect((await threads(flow))[0].comments).toHaveLength(1)
})

test('a thread is given to a person who exists, and taken back', async () => {
  const flow = await newFlow()
  const person = (await server.ask('GET', '/api/v1/people')).json().items.find(({ name }: { name: string }) => name === 'analyst')
  const { id, assignee } = await begin(flow, 'Yours?', { assignee: person.id })
  expect(assignee).toEqual({ id: person.id, name: 'analyst' })
  expect((await server.ask('PATCH', `${flow}/comments/${id}`, { assignee: 'nobody' }, legal)).json().code).toBe('SLU_USER_UNKNOWN')
  const freed = await server.ask('PATCH', `${flow}/comments/${id}`, { assignee: null }, legal)
  expect(freed.json().assignee).toBeNull()
})

test.each([
  ['markup', '<img src=x onerror=alert(1)><script>1</script>'],
  ['text from right to left with its controls', 'שלום \u202Eevil\u202C مرحبا'],
  ['emoji and new lines', '👩‍👩‍👧‍👦\n第二行 🏳️‍🌈'],
])('%s comes back as it was written', async (_what, text) => {
  const flow = await newFlow()
  await begin(flow, text)
  expect((await threads(flow))[0].comments[0].text).toBe(text)
})

test('half a character is refused, not stored', async () => {
  const flow = await newFlow()
  const body = '{"anchor":{"kind":"flow"},"text":"a\\ud800b"}'
  const answer = await server.ask('POST', `${flow}/comments`, body, { ...legal, 'content-type': 'application/json' })
  expect(answer.json().code).toBe('SLU_BODY_INVALID')
  expect(await threads(flow)).toEqual([])
})

test.each([
  ['10 kB of text', { anchor: onStep, text: 'x'.repeat(10_240) }],
  ['nothing but spaces', { anchor: onStep, text: ' \n ' }],
  ['an anchor with a member too many', { anchor: { ...onStep, flow: 'other' }, text: 'a' }],
  ['a place beyond the canvas', { anchor: { kind: 'point', x: 1e12, y: 0 }, text: 'a' }],
  ['an author of its own', { anchor: onStep, text: 'a', author: 'admin' }],
])('%s is refused', async (_what, body) => {
  const flow = await newFlow()
  const answer = await server.ask('POST', `${flow}/comments`, body, legal)
  expect(answer.json()).toMatchObject({ status: 422, code: 'SLU_BODY_INVALID' })
})

test('comments are told apart by flow: an id of another flow is unknown here', async () => {
  const [one, two] = [await newFlow(), await newFlow()]
  const { id } = await begin(one)
  expect((await server.ask('PATCH', `${two}/comments/${id}`, { resolved: true }, ann)).json().code).toBe('SLU_COMMENT_UNKNOWN')
  expect((await server.ask('POST', `${two}/comments/${id}/replies`, { text: 'x' }, ann)).json().code).toBe('SLU_COMMENT_UNKNOWN')
})

test('a thread takes a bounded number of answers and says so', async () => {
  const flow = await newFlow()
  const { id } = await begin(flow)
  let last = await server.ask('POST', `${flow}/comments/${id}/replies`, { text: '1' }, ann)
  for (let answers = 1; answers <= commentLimits.repliesPerThreadMax && last.statusCode === 201; answers++)
    last = await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'x' }, ann)
  expect(last.json()).toMatchObject({ status: 409, code: 'SLU_COMMENT_LIMIT' })
})

test('pages of threads follow each other, newest first', async () => {
  const flow = await newFlow()
  for (const text of ['one', 'two', 'three']) await begin(flow, text)
  const first = (await server.ask('GET', `${flow}/comments?limit=2`, undefined, ann)).json()
  const second = (await server.ask('GET', `${flow}/comments?limit=2&cursor=${first.next}`, undefined, ann)).json()
  const texts = [...first.items, ...second.items].map(({ comments }: { comments: { text: string }[] }) => comments[0]?.text)
  expect(texts).toEqual(['three', 'two', 'one'])
  expect(second.next).toBeNull()
})

test('what was said is in the audit log by its id only, and goes with the flow', async () => {
  const flow = await newFlow()
  const { id } = await begin(flow, 'a secret remark')
  const audit = (await server.ask('GET', '/api/v1/audit?limit=20')).body
  expect(audit).toContain('comment.added')
  expect(audit).toContain(id)
  expect(audit).not.toContain('a secret remark')
  await server.ask('DELETE', flow)
  expect(server.door.engine.reader.records.count(commentsTable, { flow: flow.slice('/api/v1/flows/'.length) })).toBe(0)
})

describe('notices', () => {
  const people = new Map<string, string>()
  const named = async (who: string) => {
    if (people.size === 0)
      for (const { id, name } of (await server.ask('GET', '/api/v1/people')).json().items) people.set(name, people.get(name) ?? id)
    return people.get(who) ?? ''
  }
  const notices = async (who: Record<string, string>, query = '') =>
    (await server.ask('GET', `/api/v1/notices${query}`, undefined, who)).json() as {
      items: { id: string; kind: string; text: string | null; flow: { key: string; name: unknown } }[]
      unread: number
    }
  const readAll = async (who: Record<string, string>) => {
    expect((await server.ask('POST', '/api/v1/notices/read', {}, { ...who, origin: 'http://localhost' })).statusCode).toBe(204)
  }

  test('who is named in a comment is told, until they have read it; what is taken back is not there any more', async () => {
    const flow = await newFlow()
    await readAll(ann)
    const analyst = await named('analyst')
    const { id } = await begin(flow, '@analyst why twice?', { mentions: [analyst, analyst] })
    expect(await notices(ann, '?state=unread')).toMatchObject({
      unread: 1,
      items: [
        { kind: 'mention', by: 'legal', text: '@analyst why twice?', flow: { key: flow.split('/').at(-1) }, thread: id, readAt: null },
      ],
    })
    expect((await threads(flow))[0].comments[0].mentions).toEqual([{ id: analyst, name: 'analyst' }])
    const [notice] = (await notices(ann)).items
    await server.ask('POST', '/api/v1/notices/read', { ids: [notice?.id] }, { ...ann, origin: 'http://localhost' })
    expect(await notices(ann, '?state=unread')).toMatchObject({ unread: 0, items: [] })
    expect((await notices(ann)).items[0]).toMatchObject({ id: notice?.id, readAt: expect.any(String) })
    await server.ask('DELETE', `${flow}/comments/${id}`, undefined, legal)
    expect((await notices(ann)).items.map((each) => each.id)).not.toContain(notice?.id)
  })

  test('an answer is told to everybody who takes part, a thread to whom it is given, and nobody is told of their own words', async () => {
    const flow = await newFlow()
    for (const who of [ann, legal]) await readAll(who)
    const [analyst, law] = [await named('analyst'), await named('legal')]
    const { id } = await begin(flow, 'Mine', { mentions: [law] })
    expect((await notices(legal)).unread).toBe(0)
    await server.ask('PATCH', `${flow}/comments/${id}`, { assignee: analyst }, legal)
    expect(await notices(ann, '?state=unread')).toMatchObject({ unread: 1, items: [{ kind: 'assigned' }] })
    await readAll(ann)
    await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'Done' }, ann)
    expect(await notices(legal, '?state=unread')).toMatchObject({ unread: 1, items: [{ kind: 'answer', by: 'analyst', text: 'Done' }] })
    expect((await notices(ann)).unread).toBe(0)
    await server.ask('POST', `${flow}/comments/${id}/replies`, { text: 'Thanks @analyst', mentions: [analyst] }, legal)
    expect(await notices(ann, '?state=unread')).toMatchObject({ unread: 1, items: [{ kind: 'mention', text: 'Thanks @analyst' }] })
  })

  test('words that are changed tell only who is named anew', async () => {
    const flow = await newFlow()
    const analyst = await named('analyst')
    const { id } = await begin(flow, 'Who knows?')
    await readAll(ann)
    await server.ask('PATCH', `${flow}/comments/${id}`, { text: 'Who knows? @analyst', mentions: [analyst] }, legal)
    expect((await notices(ann)).unread).toBe(1)
    await server.ask('PATCH', `${flow}/comments/${id}`, { text: 'Who knows, @analyst?', mentions: [analyst] }, legal)
    expect((await notices(ann)).unread).toBe(1)
  })

  test('a flow that is deleted takes its notices along; the oldest of one person make room', async () => {
    const flow = await newFlow()
    const analyst = await named('analyst')
    let thread = ''
    for (let count = 0; count < noticeLimits.perPersonMax + 5; count++) {
      const more = { text: `@analyst ${count}`, mentions: [analyst] }
      if (count % 90 === 0) thread = (await begin(flow, more.text, more)).id
      else await server.ask('POST', `${flow}/comments/${thread}/replies`, more, legal)
    }
    const all = async () => {
      const found: { text: string | null; flow: { key: string } }[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: typeof found; next: string | null } = (
          await server.ask('GET', `/api/v1/notices${cursor === '' ? '' : `?cursor=${cursor}`}`, undefined, ann)
        ).json()
        found.push(...page.items)
        cursor = page.next
      }
      return found
    }
    const before = await all()
    expect(before).toHaveLength(noticeLimits.perPersonMax)
    expect([before[0]?.text, before.at(-1)?.text]).toEqual([`@analyst ${noticeLimits.perPersonMax + 4}`, '@analyst 5'])
    await server.ask('DELETE', flow, undefined, { 'if-match': '*' })
    expect(await all()).toEqual([])
  })

  test('strangers and too many names are refused, and the stream tells each person of their own alone', async () => {
    const flow = await newFlow()
    const refused = async (more: object) =>
      (await server.ask('POST', `${flow}/comments`, { anchor: onStep, text: 'x', ...more }, legal)).json()
    expect((await refused({ mentions: ['nobody'] })).code).toBe('SLU_USER_UNKNOWN')
    expect((await refused({ mentions: Array.from({ length: noticeLimits.mentionsMax + 1 }, () => 'x') })).code).toBe('SLU_BODY_INVALID')
    const item = { kind: 'topic', topic: 'notices', data: { person: 'u-1' } } as never
    const hears = (id: string) =>
      streamFilter({ topics: 'notices' }, { ...anonymous, actor: { kind: 'user', id }, may: () => true }, () => false)(item)
    expect([hears('u-1'), hears('u-2')]).toEqual([true, false])
  })
})
