import type { WriteContext } from '@sluice/sdk/server'
import { bitOf } from '../../../consent/index.ts'
import { subjectOf } from '../../../consent/server/index.ts'
import type { ImportRow, RowError } from '../../domain/import.ts'
import { changeCustomer, createCustomer, customersWith } from '../customers.ts'
import { frozenFields } from '../freeze.ts'
import { customers } from '../tables.ts'

export type ImportKey = 'id' | 'mobile' | 'email' | 'wechat'

export interface Imported {
  readonly created: number
  readonly updated: number
  readonly grants: number
  readonly warnings: readonly RowError[]
}

/** Writes one part of a file in one transaction. Rows are checked before they come here. */
export function importRows(
  context: WriteContext,
  payload: { readonly rows: readonly ImportRow[]; readonly key: ImportKey; readonly file: string },
): Imported {
  const totals = { created: 0, updated: 0, grants: 0 }
  const warnings: RowError[] = []
  for (const row of payload.rows) {
    const known = findKnown(context, row, payload.key)
    const id = known ?? createCustomer(context, fresh(row)).id
    if (known !== null) change(context, known, row, warnings)
    totals[known === null ? 'created' : 'updated'] += 1
    totals.grants += grant(context, id, row, payload.file, warnings)
  }
  return { ...totals, warnings }
}

function findKnown(context: WriteContext, row: ImportRow, key: ImportKey): string | null {
  if (key === 'id') return row.id !== null && context.records.find(customers, { id: row.id }) !== null ? row.id : null
  const value = row.fields[key]
  return typeof value === 'string' ? (customersWith(context.records, key, value)[0] ?? null) : null
}

function fresh(row: ImportRow): object {
  return {
    ...(row.id === null ? {} : { id: row.id }),
    name: row.name,
    fields: row.fields,
    owner: row.owner,
    account: row.account,
    region: row.region,
    ...(row.language === null ? {} : { language: row.language }),
  }
}

/** A file never writes into a frozen field; the rest of the line is taken. */
function change(context: WriteContext, id: string, row: ImportRow, warnings: RowError[]): void {
  const frozen = frozenFields(context.records, id)
  const open = Object.entries(row.fields).filter(([name]) => !frozen.has(name))
  for (const name of Object.keys(row.fields)) if (frozen.has(name)) warnings.push({ line: row.line, field: name, code: 'frozen' })
  changeCustomer(context, {
    id,
    change: {
      name: row.name,
      fields: Object.fromEntries(open),
      ...(row.owner === null ? {} : { owner: row.owner }),
      ...(row.account === null ? {} : { account: row.account }),
      ...(row.region === null ? {} : { region: row.region }),
      ...(row.language === null ? {} : { language: row.language }),
    },
  })
}

/** What a customer took back is not given again by a file: only the customer does that. */
function grant(context: WriteContext, id: string, row: ImportRow, file: string, warnings: RowError[]): number {
  const { withdrawnMask } = subjectOf(context.records, id)
  const open = row.consents.filter((cell) => (withdrawnMask & bitOf(cell)) === 0)
  if (open.length < row.consents.length) warnings.push({ line: row.line, field: 'consents', code: 'withdrawn' })
  if (open.length === 0) return 0
  context.command('consent.decide', {
    customer: id,
    decisions: open.map((cell) => ({ ...cell, value: 'yes' })),
    act: 'paper_scan',
    language: row.language ?? 'en',
    channel: `import:${file}`.slice(0, 64),
  })
  return open.length
}
