import { problem, type Route, type RouteHost, type RouteRequest } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { csvLine } from '../../domain/csv.ts'
import { importLimits, type RowError } from '../../domain/import.ts'
import { isMasked } from '../../domain/view.ts'
import { fieldsByName } from '../catalogue.ts'
import type { Imported, ImportKey } from '../import/import-rows.ts'
import { readFile } from '../import/read-file.ts'
import { readerOf } from '../reader.ts'
import { customers } from '../tables.ts'
import { viewCustomer } from '../view.ts'

/** Lines per transaction: long enough to be quick, short enough that a withdrawal never waits for a file. */
const chunkRows = 50
const exportRowsMax = 100_000

export const fileRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/customers/import',
    permission: 'customers.import',
    summary: 'Take customers from a CSV file; every line that cannot be taken is named with its number',
    rawContentTypes: ['text/csv'],
    bodyBytesMax: 32 * 1024 * 1024,
    query: Type.Object(
      {
        key: Type.Optional(Type.Union(['id', 'mobile', 'email', 'wechat'].map((it) => Type.Literal(it)))),
        dryRun: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
        /** JSON object from heading to field. */
        mapping: Type.Optional(Type.String({ maxLength: 10_000 })),
        file: Type.Optional(Type.String({ maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    handle: importFile,
  },
  {
    method: 'GET',
    path: '/customers/export',
    permission: 'customers.read',
    summary: 'Customers as CSV, masked like every other view, safe to open in a spreadsheet',
    handle: exportFile,
  },
]

async function importFile(request: RouteRequest, host: RouteHost) {
  if (request.rawBody === null) throw problem('SLU_CRM_CSV_INVALID', 415, 'Send the file as text/csv')
  const { columns, rows, errors, total } = readFile(request.rawBody, readMapping(request.query.mapping), fieldsByName(host.records))
  const totals = { created: 0, updated: 0, grants: 0 }
  const warnings: RowError[] = []
  if (request.query.dryRun !== 'true')
    for (let at = 0; at < rows.length; at += chunkRows) {
      const part = await host.command<Imported>(
        'crm.import-rows',
        { rows: rows.slice(at, at + chunkRows), key: (request.query.key ?? 'id') as ImportKey, file: request.query.file ?? 'csv' },
        request.caller,
      )
      totals.created += part.created
      totals.updated += part.updated
      totals.grants += part.grants
      warnings.push(...part.warnings)
    }
  const failed = new Set(errors.map((error) => error.line)).size
  const shown = errors.slice(0, importLimits.errorsShownMax)
  return {
    body: {
      total,
      valid: rows.length,
      ...totals,
      failed,
      columns: columns.targets,
      errors: shown,
      warnings: warnings.slice(0, importLimits.errorsShownMax),
      dryRun: request.query.dryRun === 'true',
    },
  }
}

function exportFile(request: RouteRequest, host: RouteHost) {
  const reader = readerOf(request.caller, host.records)
  const catalogue = fieldsByName(host.records)
  const rows = host.records.list(customers, {
    where: reader.owners === null ? {} : { owner: { in: reader.owners } },
    orderBy: [['id', 'asc']],
    limit: exportRowsMax,
  })
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))].sort()
  const lines = rows.map((row) => {
    const view = viewCustomer(host.records, row, reader, catalogue)
    const cells = names.map((name) => {
      const value = view.fields[name]
      return isMasked(value) ? `[${value.$masked}]` : value === undefined || value === null ? '' : String(value)
    })
    return csvLine([view.id, view.name, view.owner ?? '', view.language, view.region ?? '', view.account ?? '', ...cells])
  })
  return {
    body: `\uFEFF${csvLine(['id', 'name', 'owner', 'language', 'region', 'account', ...names])}${lines.join('')}`,
    contentType: 'text/csv; charset=utf-8',
    headers: { 'content-disposition': 'attachment; filename="customers.csv"' },
  }
}

function readMapping(text: string | undefined): { readonly [heading: string]: string } {
  if (text === undefined) return {}
  const refused = problem('SLU_CRM_INPUT_INVALID', 422, 'The mapping is not a JSON object of texts', [
    { path: '/mapping', message: 'must map headings to fields' },
  ])
  let mapping: unknown
  try {
    mapping = JSON.parse(text)
  } catch {
    throw refused
  }
  if (typeof mapping !== 'object' || mapping === null || Object.values(mapping).some((it) => typeof it !== 'string')) throw refused
  return mapping as { [heading: string]: string }
}
