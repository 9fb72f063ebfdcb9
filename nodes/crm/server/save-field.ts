import type { WriteContext } from '@sluice/sdk/server'
import { fieldsByName } from './catalogue.ts'
import { reidentify } from './customers.ts'
import type { FieldBody } from './routes/fields.ts'
import { fieldCatalogue } from './tables.ts'

/** Describes a field for this workspace; from now on every reader sees it by this description. */
export function saveField(context: WriteContext, payload: FieldBody & { readonly name: string }): void {
  const { name, label, type, category, pii, purposes, scenes } = payload
  const before = fieldsByName(context.records).get(name)?.category
  context.records.upsert(fieldCatalogue, {
    name,
    labelEn: label.en,
    labelZh: label['zh-CN'],
    type: type as 'text',
    category: category as string | null,
    pii: pii as 'basic',
    purposes: purposes as string[],
    scenes: scenes as string[],
  })
  if (before !== category && [before, category].includes('contact.wechat')) reidentify(context, name)
  context.audit('crm.field-described', { field: name }, { category: category as string | null, pii })
}
