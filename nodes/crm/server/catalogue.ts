import type { RecordsReader } from '@sluice/sdk/server'
import type { Purpose, Scene } from '../../consent/index.ts'
import { type FieldDefinition, isCategory, shippedFields, undescribed } from '../domain/fields.ts'
import { type FieldRow, fieldCatalogue } from './tables.ts'

/** Every described field by name: the shipped ones, and over them what this workspace says. */
export function fieldsByName(records: RecordsReader): Map<string, FieldDefinition> {
  const fields = new Map(shippedFields.map((field) => [field.name, field]))
  for (const row of records.list(fieldCatalogue)) fields.set(row.name, fromRow(row))
  return fields
}

export function definitionOf(fields: ReadonlyMap<string, FieldDefinition>, name: string): FieldDefinition {
  return fields.get(name) ?? undescribed(name)
}

function fromRow(row: FieldRow): FieldDefinition {
  return {
    name: row.name,
    label: { en: row.labelEn, 'zh-CN': row.labelZh },
    type: row.type,
    category: isCategory(row.category) ? row.category : null,
    pii: row.pii,
    purposes: row.purposes as readonly Purpose[],
    scenes: row.scenes as readonly Scene[],
  }
}
