import { type Expectation, faultsOf, receiptKey, type Withdrawal } from './check.ts'
import { type Client, inParallel } from './client.ts'
import { publishFlows } from './flows.ts'
import { makePeople, type Person, toCsv } from './people.ts'
import { preferenceWithdrawal } from './preference-page.ts'
import { type Spread, spreadOf } from './statistics.ts'
import { revokePush } from './wechat-push.ts'

export const slaMs = 90_000

export interface StoryOptions {
  readonly people: number
  readonly seed: number
  /** Requests under way at once. */
  readonly hands: number
  readonly say: (line: string) => void
}

export interface Result {
  readonly withdrawals: number
  /** Milliseconds from receipt to each step's end, by step name; and from the request to its answer. */
  readonly steps: { readonly [step: string]: Spread }
  readonly answers: Spread
  readonly worstMs: number
  readonly faults: readonly string[]
}

const app = { appId: 'wx0123456789abcdef', token: 'examplePushToken7', originalId: 'gh_0123456789ab' }
const reps = ['x-r-1', 'x-r-2', 'x-r-3', 'x-r-4', 'x-r-5']

/** A thousand people come in as a file, a campaign is queued for all of them, and then each takes something back. */
export async function playStory(client: Client, { people: count, seed, hands, say }: StoryOptions): Promise<Result> {
  const people = makePeople(count, seed, reps).map((person) => ({ ...person, id: `x-${seed}-${person.id}` }))
  await publishFlows(client)
  await client.send('PUT', `/channels/wechat/${app.appId}`, { name: 'Example', token: app.token })
  await importPeople(client, people, say)
  await planCampaign(client, people, say)
  const expectations = people.map((person, index) => expectationOf(person, index))
  const answers = await withdrawAll(client, expectations, hands)
  say(
    `${count} withdrawals sent: ${expectations.filter((it) => it.channel === 'wechat').length} by WeChat, the rest on the preference page`,
  )
  const withdrawals = await waitForAll(client, people)
  return judge(client, expectations, withdrawals, answers, hands)
}

async function importPeople(client: Client, people: readonly Person[], say: StoryOptions['say']): Promise<void> {
  const started = performance.now()
  const report = await client.send<{ created: number; updated: number; grants: number; failed: number }>(
    'POST',
    '/customers/import?file=example',
    toCsv(people),
    'text/csv',
  )
  if (report.failed > 0 || report.created + report.updated !== people.length)
    throw new Error(`the import failed for ${report.failed} lines`)
  say(`${people.length} people imported with ${report.grants} grants in ${Math.round(performance.now() - started)} ms`)
}

async function planCampaign(client: Client, people: readonly Person[], say: StoryOptions['say']): Promise<void> {
  const now = Date.now()
  const sendAt = new Date(now + 86_400_000).toISOString()
  for (let at = 0; at < people.length; at += 100) {
    const batch = people.slice(at, at + 100).map(({ id, model }) => ({
      specversion: '1.0',
      id: `campaign-${now}-${id}`,
      source: 'example:campaign',
      type: 'campaign.planned',
      subject: id,
      datacontenttype: 'application/json',
      data: { model, sendAt },
    }))
    await client.send('POST', '/events', batch, 'application/cloudevents-batch+json')
  }
  say(`${people.length} marketing messages queued for tomorrow`)
}

/** Every third person with WeChat takes the mobile number back there; everybody else switches quotes off on our page. */
function expectationOf(person: Person, index: number): Expectation {
  return person.openid !== '' && index % 3 === 0
    ? { person, channel: 'wechat', frozenField: 'mobile', gone: [person.mobile] }
    : { person, channel: 'preference page', frozenField: 'budget', gone: [`"${person.budget}"`, ` ${person.budget} `] }
}

/** Each request goes out, and every tenth a second time, as channels do that are not sure. */
async function withdrawAll(client: Client, expectations: readonly Expectation[], hands: number): Promise<number[]> {
  const answers: number[] = []
  await inParallel(expectations, hands, async (expected, index) => {
    const request = requestFor(client, expected, index)
    const started = performance.now()
    await request()
    answers.push(performance.now() - started)
    if (index % 10 === 0) await request()
  })
  return answers
}

function requestFor(client: Client, { person, channel }: Expectation, index: number): () => Promise<unknown> {
  const now = new Date()
  if (channel === 'wechat') {
    const push = revokePush(app, person.openid, '8', Math.floor(now.getTime() / 1_000), `n${index}`)
    return () => client.send('POST', `/channels/wechat/${app.appId}?${push.query}`, push.body, 'text/xml')
  }
  const event = preferenceWithdrawal(person.id, 'quote_push', index, now)
  return () => client.send('POST', '/events', event, 'application/cloudevents+json')
}

async function waitForAll(client: Client, people: readonly Person[]): Promise<Map<string, Withdrawal[]>> {
  const deadline = Date.now() + slaMs + 10_000
  const ours = new Set(people.map((person) => person.id))
  for (;;) {
    const found = await listWithdrawals(client, ours)
    const open = [...found.values()].flat().filter((it) => it.state === 'propagating' || it.state === 'fenced')
    if ((found.size === people.length && open.length === 0) || Date.now() > deadline) return found
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function listWithdrawals(client: Client, ours: ReadonlySet<string>): Promise<Map<string, Withdrawal[]>> {
  const found = new Map<string, Withdrawal[]>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: readonly Withdrawal[]; next: string | null } = await client.get(
      `/withdrawals?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    for (const it of page.items) if (ours.has(it.customer)) found.set(it.customer, [...(found.get(it.customer) ?? []), it])
    cursor = page.next
  }
  return found
}

async function judge(
  client: Client,
  expectations: readonly Expectation[],
  withdrawals: ReadonlyMap<string, readonly Withdrawal[]>,
  answers: readonly number[],
  hands: number,
): Promise<Result> {
  const key = await receiptKey(client)
  const faults: string[] = []
  const took = new Map<string, number[]>()
  await inParallel(expectations, hands, async (expected) => {
    const [withdrawal, ...more] = withdrawals.get(expected.person.id) ?? []
    if (withdrawal === undefined) return void faults.push(`${expected.person.id}: no withdrawal`)
    if (more.length > 0) faults.push(`${expected.person.id}: ${more.length + 1} withdrawals for one request`)
    for (const step of withdrawal.steps) {
      const ms = Date.parse(step.doneAt ?? '') - Date.parse(withdrawal.receivedAt)
      took.set(step.name, [...(took.get(step.name) ?? []), Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms])
    }
    faults.push(...(await faultsOf(client, expected, withdrawal, key)))
  })
  const steps = Object.fromEntries([...took].map(([name, values]) => [name, spreadOf(values)]))
  const worstMs = Math.max(0, ...Object.values(steps).map((spread) => spread.max))
  return { withdrawals: withdrawals.size, steps, answers: spreadOf(answers), worstMs, faults }
}
