import type { FeedItem } from '@sluice/engine/worker'
import { waitsFor } from '@sluice/nodes/approvals/server'
import type { Person } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import type { FastifyInstance } from 'fastify'
import { type PushSubscriptionRow, pushSubscriptions } from '../commands/push-tables.ts'
import { users } from '../commands/tables.ts'
import { guardedFetch } from '../dispatch/guarded-fetch.ts'
import type { Door } from '../door.ts'
import { ensureKeys, findKeys } from './keys.ts'
import { pushLimits } from './limits.ts'
import { oncePerWaiting, rateOfPeople } from './memory.ts'
import { sendPush, type Target } from './send.ts'
import { pushHosts, pushSettings, pushTopic } from './settings.ts'

const pusher = { kind: 'system', id: 'push' } as const

interface Push {
  readonly subscription: string
  readonly payload: string
  readonly topic: string
}

/**
 * Tells people on their devices that a task waits for them: which kind, until when, and where to open it, nothing of what it is about.
 * Best effort: a push that is lost costs nothing, since the inbox holds the task.
 */
export function mountPush(app: FastifyInstance, door: Door): void {
  const { records } = door.engine.reader
  const outside = guardedFetch(() => pushHosts(pushSettings(records), door.config))
  const isFirst = oncePerWaiting(door.now())
  const mayPush = rateOfPeople()
  const queue: Push[] = []
  let sending = 0

  let browsers: readonly Pick<PushSubscriptionRow, 'id' | 'person'>[] | null = null

  const hear = (items: readonly FeedItem[]) => {
    if (items.some((item) => item.kind === 'topic' && item.topic === pushTopic)) browsers = null
    const opened = items.flatMap((item) => openedTask(item) ?? [])
    if (opened.length === 0) return
    browsers ??= pushSettings(records).on ? records.list(pushSubscriptions).map(({ id, person }) => ({ id, person })) : []
    if (browsers.length === 0) return
    const people = peopleOf(records, browsers)
    for (const task of opened) plan(task, people, browsers)
    pump()
  }
  const plan = (task: string, people: readonly Person[], all: NonNullable<typeof browsers>) => {
    const waiting = waitsFor(records, task, people, door.now())
    if (waiting === null || !isFirst(task, waiting)) return
    const told = new Set(waiting.people.filter((person) => mayPush(person, door.now())))
    const { kind, dueAt } = waiting
    const topic = door.keyring.digest(task).slice(0, 32)
    for (const { id, person } of all) {
      if (!told.has(person) || queue.length >= pushLimits.queuedMax) continue
      const language = records.find(users, { id: person })?.language ?? 'en'
      queue.push({ subscription: id, payload: JSON.stringify({ kind, task, dueAt, language }), topic })
    }
  }
  const pump = () => {
    while (sending < pushLimits.atOnceMax && !door.stopping) {
      const next = queue.shift()
      if (next === undefined) return
      sending += 1
      void send(next).finally(() => {
        sending -= 1
        pump()
      })
    }
  }
  const send = async ({ subscription: id, payload, topic }: Push) => {
    try {
      const row = records.find(pushSubscriptions, { id })
      const keys = findKeys(door)
      const { on, contact } = pushSettings(records)
      if (row === null || keys === null || !on || contact === null) return
      const target = JSON.parse(door.keyring.open(row.sealed)) as Target
      const outcome = await sendPush(outside.fetch, target, { ...keys, contact: `mailto:${contact}` }, { payload, topic }).catch(
        (error: unknown) => {
          door.log.debug({ error }, 'a push did not leave')
          return 'failed' as const
        },
      )
      if (outcome === 'gone') await door.command('push.forget', { id, person: null }, pusher)
      else await door.command('push.count', { id, taken: outcome === 'taken' }, pusher)
    } catch (error) {
      door.log.warn({ error }, 'a push was given up')
    }
  }

  const unsubscribe = door.engine.onFeed(hear, 'topics')
  app.addHook('onReady', async () => {
    await ensureKeys(door)
  })
  app.addHook('onClose', async () => {
    unsubscribe()
    await outside.close()
  })
}

function peopleOf(records: RecordsReader, browsers: readonly { readonly person: string }[]): readonly Person[] {
  return [...new Set(browsers.map(({ person }) => person))].flatMap((id) => {
    const user = records.find(users, { id })
    return user === null || !user.active ? [] : [{ id, name: user.name, roles: user.roles, rep: user.rep }]
  })
}

function openedTask(item: FeedItem): string | null {
  if (item.kind !== 'topic' || item.topic !== 'tasks') return null
  const { task, state } = item.data as { readonly task?: unknown; readonly state?: unknown }
  return typeof task === 'string' && state === 'open' ? task : null
}
