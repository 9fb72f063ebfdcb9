import { problem, type Route, type RouteHost, type RouteRequest } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { dataCategories, purposes, scenes } from '../../../consent/index.ts'
import { isFieldName } from '../../domain/fields.ts'
import { fieldsByName } from '../catalogue.ts'

const categories = Object.keys(dataCategories)

export const FieldBody = Type.Object(
  {
    label: Type.Object({ en: Type.String({ maxLength: 100 }), 'zh-CN': Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
    type: Type.Union(['text', 'number', 'date', 'boolean'].map((it) => Type.Literal(it))),
    category: Type.Union([...categories.map((it) => Type.Literal(it)), Type.Null()]),
    pii: Type.Union(['none', 'basic', 'sensitive'].map((it) => Type.Literal(it))),
    purposes: Type.Array(Type.Union(purposes.map((it) => Type.Literal(it))), { maxItems: 4 }),
    scenes: Type.Array(Type.Union(scenes.map((it) => Type.Literal(it))), { maxItems: 7 }),
  },
  { additionalProperties: false },
)
export type FieldBody = Static<typeof FieldBody>

export const fieldRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/customer-fields',
    permission: 'customers.read',
    summary: 'The field catalogue: what each field is and for which uses it may be read',
    pagedBy: 'name',
    handle: (_, host) => ({ body: { items: [...fieldsByName(host.records).values()], categories: dataCategories } }),
  },
  {
    method: 'PUT',
    path: '/customer-fields/:name',
    permission: 'settings.write',
    summary: 'Describe a field',
    body: FieldBody,
    handle: describe,
  },
]

async function describe(request: RouteRequest, host: RouteHost) {
  const name = request.params.name ?? ''
  if (!isFieldName(name))
    throw problem('SLU_CRM_INPUT_INVALID', 422, 'Not a field name', [{ path: '/name', message: 'must be letters, digits and underscores' }])
  await host.command('crm.save-field', { name, ...(request.body as FieldBody) }, request.caller)
  return { body: fieldsByName(host.records).get(name) }
}
