import type { Permission } from '@sluice/sdk/server'
import type { TSchema } from 'typebox'
import { inDialect } from '../../flows/flow-schema.ts'
import { version } from '../../version.ts'
import type { ServerRoute } from '../route.ts'
import { describedAnswers, shapeSchemas } from './answers.ts'

/** All of a route but what it does. */
export type DescribedRoute = Omit<ServerRoute, 'handle'>
type Schemas = { readonly [name: string]: unknown }

/** OpenAPI 3.1, made from the very routes that are mounted and the table that guards them: it cannot say anything else than they do. */
export function openApiDocument(routes: readonly DescribedRoute[], table: ReadonlyMap<string, Permission>): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operationOf(route, table.get(`${route.method} ${route.url}`) ?? 'public'),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluice',
      version,
      description: 'Errors are RFC 9457 problem documents with a stable `code`, in the language of Accept-Language (en, zh-CN).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'API token' },
        session: { type: 'apiKey', in: 'cookie', name: 'sluice_session', description: 'Sign-in of a browser' },
      },
      schemas: { ...Object.fromEntries(Object.entries(shapeSchemas).map(([name, shape]) => [name, plain(shape)])), Problem: problemSchema },
      responses: {
        Problem: {
          description: 'What went wrong',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

function operationOf(route: DescribedRoute, permission: Permission): Schemas {
  const { method, url, summary, tag } = route
  const body = bodyOf(route)
  return {
    operationId: operationIdOf(method, url),
    summary,
    tags: [tag],
    'x-permission': permission,
    security: permission === 'public' ? [] : [{ token: [] }, { session: [] }],
    parameters: [...pathParameters(url), ...queryParameters(route.query), ...headerParameters(route)],
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...answersOf(route), default: { $ref: '#/components/responses/Problem' } },
  }
}

/** `getRunsId`. What stands under the API and beside it keeps the API in its name. */
function operationIdOf(method: string, url: string): string {
  const named = url.startsWith('/api/v1/health/') ? url : url.replace(/^\/api\/v1/, '')
  return method.toLowerCase() + named.replace(/[^A-Za-z0-9]+(\w?)/g, (_whole, letter: string) => letter.toUpperCase())
}

function pathParameters(url: string): readonly Schemas[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  }))
}

function queryParameters(query: TSchema | undefined): readonly Schemas[] {
  const { properties = {}, required = [] } = (query ?? {}) as { properties?: Record<string, unknown>; required?: readonly string[] }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: plain(schema),
  }))
}

function headerParameters({ method, remembersAnswers }: DescribedRoute): readonly Schemas[] {
  if (method === 'GET' || remembersAnswers === false) return []
  return [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 } }]
}

function bodyOf({ body, rawBody, rawContentTypes, jsonContentTypes, bodyOptional }: DescribedRoute): Schemas | null {
  const json =
    body === undefined ? [] : ['application/json', ...(jsonContentTypes ?? [])].map((type) => [type, { schema: plain(body) }] as const)
  const raw = (rawContentTypes ?? []).map((type) => [type, rawBody === undefined ? {} : { schema: plain(rawBody) }] as const)
  const content = Object.fromEntries([...json, ...raw])
  return Object.keys(content).length === 0 ? null : { required: bodyOptional !== true, content }
}

function answersOf({ method, url, answers, answersWith }: DescribedRoute): Schemas {
  const known = describedAnswers(`${method} ${url}`)
  if (known !== null) return known
  const type = answersWith ?? 'application/json'
  if (answers === undefined) return { '2XX': { description: 'Done', content: { [type]: {} } } }
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema }]) => [
      status,
      { description, ...(schema === undefined ? {} : { content: { [type]: { schema: plain(schema) } } }) },
    ]),
  )
}

/** Schema builders hang their own marks on schemas; JSON drops them. */
function plain(schema: unknown): unknown {
  return inDialect(JSON.parse(JSON.stringify(schema)))
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'errors', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^SLU_[A-Z_]+$' },
    hint: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}
