import { say } from '@sluice/flows'
import { keepSignIn } from '../../demo/sign-in-file.ts'
import type { Door } from '../../door.ts'
import { flowSchema } from '../../flows/flow-schema.ts'
import { catalogue } from '../errors/catalogue.ts'
import { refuse } from '../errors/refusal.ts'
import type { ServerRoute } from '../route.ts'

function healthRoutes(door: Door, at: string): readonly ServerRoute[] {
  return [
    {
      method: 'GET',
      url: `${at}/live`,
      summary: 'The process answers',
      tag: 'system',
      handle: () => ({ body: { status: 'ok' } }),
    },
    {
      method: 'GET',
      url: `${at}/ready`,
      summary: 'It takes work: 200, or 503 with the reason',
      tag: 'system',
      handle() {
        if (door.stopping) throw refuse('SLU_STOPPING', { headers: { 'retry-after': '5' } })
        const { diskOpen, waiting } = door.engine.stats()
        return { status: diskOpen ? 200 : 503, body: { status: diskOpen ? 'ok' : 'disk-full', waiting } }
      },
    },
  ]
}

/** Health, the flow file's schema, what error codes mean, and taking the demo away. */
export function systemRoutes(door: Door): readonly ServerRoute[] {
  const schema = flowSchema()
  return [
    ...healthRoutes(door, '/health'),
    // Behind a proxy that lets only the API through.
    ...healthRoutes(door, '/api/v1/health'),
    {
      method: 'GET',
      url: '/schemas/flow.json',
      summary: 'JSON Schema of the flow file',
      tag: 'system',
      handle: () => ({
        body: schema,
        contentType: 'application/schema+json; charset=utf-8',
        headers: { 'cache-control': 'public, max-age=3600' },
      }),
    },
    {
      method: 'GET',
      url: '/problems/:code',
      summary: 'What an error code means and what to do about it',
      tag: 'system',
      handle({ params: { code = '' }, language }) {
        const definition = catalogue.get(code)
        if (definition === undefined) throw refuse('SLU_ROUTE_UNKNOWN', { values: { method: 'GET', path: '/problems' } })
        const { says, hint, http, terminal } = definition
        return { body: { code, title: say(says, language), hint: say(hint, language), status: http, retryHelps: !terminal } }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/demo',
      summary: 'Removes the demo workspace: its people, flows and customers; who asks stays',
      tag: 'system',
      async handle({ caller, identity }, host) {
        const keep = identity?.user ?? null
        const { flows } = await host.command<{ readonly flows: readonly string[] }>('demo.unload', { keep: keep?.id ?? null }, caller)
        await host.command('flow.forget', { keys: flows }, caller)
        keepSignIn(door.config.data, keep?.email ?? null)
        return { status: 204 }
      },
    },
  ]
}
