import type { JsonObject } from '@sluice/sdk'
import { callRoute, flow, testCaller, testWorld, type World } from '@sluice/sdk/testing'
import { corePack } from '../../../core/index.ts'
import { coreServer } from '../../../core/server/index.ts'
import { type TaskRow, tasks } from '../../domain/tables.ts'
import { approvalsPack } from '../../index.ts'
import { approvalsServer } from '../index.ts'

export type Who = ReturnType<typeof testCaller>
export const [ann, bob, cat, dan] = ['ann', 'bob', 'cat', 'dan'].map((name) => testCaller(`u-${name}`, ['rep'])) as [Who, Who, Who, Who]
export const director = testCaller('u-director', ['director'])
export const admin = testCaller('u-admin', ['admin'])

/** One approval step; every way out ends in a stop, so that the run's output is what the step gave. */
export function asking(type: string, config: object, ports: readonly string[], people?: readonly string[]) {
  const drawing = flow('case')
    .node('start', 'core.event', { type: 'go' })
    .node('ask', type, { ...config })
    .wire('start', 'ask')
  for (const port of ports) drawing.node(`to-${port}`, 'core.stop').wire(`ask.${port}`, `to-${port}`)
  const it = testWorld({
    packs: [corePack, approvalsPack],
    servers: people === undefined ? [coreServer, approvalsServer] : [coreServer, approvalsServer, directory(people)],
    flows: [drawing.build()],
  })
  const [run = ''] = it.send('go', { amount: 5, author: 'u-ann' })
  return { it, run, ...handsOn(it) }
}

/** Stands for the server's users: `id role role`. */
function directory(people: readonly string[]) {
  const find = (_context: unknown, { address }: { readonly address: string }) =>
    people.filter((line) => line.split(' ').some((word, index) => address === (index === 0 ? `user:${word}` : `role:${word}`)))
  return {
    id: 'people',
    tables: [],
    commands: { 'people.find': (context: unknown, ask: never) => find(context, ask).map((line) => line.split(' ')[0]) },
  }
}

export function handsOn(it: World) {
  const open = () => it.store.records.list(tasks, { where: { state: 'open' } })
  const openOf = (who: string): TaskRow => {
    const row = open().find(({ assignee }) => assignee === who)
    if (row === undefined) throw new Error(`nothing open for ${who}; open: ${open().map(({ assignee }) => assignee)}`)
    return row
  }
  const post = async (act: string, task: string, body: JsonObject, by: Who) =>
    (await callRoute(it, approvalsServer, `POST /tasks/${task}/${act}`, by, { body })).body
  const answer = (task: TaskRow, action: string, by: Who, data: JsonObject = {}) =>
    post('answer', task.id, { action, data, shownHash: task.shownHash }, by)
  const read = async (task: string, by: Who) => (await callRoute(it, approvalsServer, `GET /tasks/${task}`, by)).body
  return { open, openOf, post, answer, read }
}
