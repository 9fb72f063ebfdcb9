import { hasRealDay, type Json } from '@sluice/sdk'
import { type Cell, isPurpose, isScene } from '../../consent/index.ts'
import { restore } from './csv.ts'
import { type FieldDefinition, isFieldName, undescribed } from './fields.ts'

export const importLimits = { rowsMax: 50_000, cellCharsMax: 4_000, errorsShownMax: 1_000 } as const

/** Columns that are no field. */
const own = ['id', 'name', 'owner', 'language', 'region', 'account', 'consents'] as const
export type OwnColumn = (typeof own)[number]

/** What columns are called in the files people have. */
const aliases: { readonly [heading: string]: string } = {
  编号: 'id',
  客户编号: 'id',
  customer_id: 'id',
  姓名: 'name',
  客户姓名: 'name',
  full_name: 'name',
  负责人: 'owner',
  销售顾问: 'owner',
  rep: 'owner',
  语言: 'language',
  地区: 'region',
  国家: 'region',
  country: 'region',
  公司: 'account',
  company: 'account',
  授权: 'consents',
  consent: 'consents',
  手机: 'mobile',
  手机号: 'mobile',
  phone: 'mobile',
  电话: 'mobile',
  邮箱: 'email',
  'e-mail': 'email',
  mail: 'email',
  微信: 'wechat',
  openid: 'wechat',
  城市: 'city',
  收入: 'income',
  年收入: 'income',
  预算: 'budget',
  意向车型: 'model',
  车型: 'model',
  地址: 'address',
  车牌: 'plate',
  车牌号: 'plate',
}

export interface Columns {
  /** Target of each column by position; null: the column is left out. */
  readonly targets: readonly (string | null)[]
  readonly problems: readonly ColumnProblem[]
}

export interface ColumnProblem {
  readonly field: string
  readonly code: 'unknown_column' | 'twice' | 'missing'
}

/** Reads the heading line. `mapping` says what a heading means here and wins over the usual names. */
export function readHeading(headings: readonly string[], mapping: { readonly [heading: string]: string } = {}): Columns {
  const problems: ColumnProblem[] = []
  const targets = headings.map((raw) => {
    const heading = raw.trim()
    const lower = heading.toLowerCase()
    const target = mapping[heading] ?? aliases[heading] ?? aliases[lower] ?? (own.some((it) => it === lower) ? lower : heading)
    if (target === '') return null
    if (own.some((it) => it === target) || isFieldName(target)) return target
    problems.push({ field: heading, code: 'unknown_column' })
    return null
  })
  for (const target of new Set(targets))
    if (target !== null && targets.filter((it) => it === target).length > 1) problems.push({ field: target, code: 'twice' })
  if (!targets.includes('name')) problems.push({ field: 'name', code: 'missing' })
  return { targets, problems }
}

export interface ImportRow {
  readonly line: number
  readonly id: string | null
  readonly name: string
  readonly owner: string | null
  readonly language: string | null
  readonly region: string | null
  readonly account: string | null
  readonly fields: { readonly [name: string]: Json }
  readonly consents: readonly Cell[]
}

export interface RowError {
  readonly line: number
  readonly field: string
  readonly code:
    | 'missing'
    | 'not_a_number'
    | 'not_a_date'
    | 'not_a_boolean'
    | 'not_an_email'
    | 'unknown_consent'
    | 'too_long'
    | 'columns'
    | 'frozen'
    | 'withdrawn'
  readonly value?: string
}

/** One line as a customer, or what is wrong with it. Values of personal fields never appear in an error. */
export function readRow(
  line: number,
  cells: readonly string[],
  columns: Columns,
  catalogue: ReadonlyMap<string, FieldDefinition>,
): ImportRow | RowError[] {
  if (cells.length !== columns.targets.length)
    return [{ line, field: '', code: 'columns', value: `${cells.length}/${columns.targets.length}` }]
  const errors: RowError[] = []
  const texts: { [column: string]: string } = {}
  const fields: { [name: string]: Json } = {}
  columns.targets.forEach((target, at) => {
    if (target === null) return
    const text = restore((cells[at] ?? '').trim())
    if (text.length > importLimits.cellCharsMax) errors.push({ line, field: target, code: 'too_long' })
    else if (own.some((it) => it === target)) texts[target] = text
    else if (text !== '') readField(line, catalogue.get(target) ?? undescribed(target), text, fields, errors)
  })
  const consents = readConsents(line, texts.consents ?? '', errors)
  if ((texts.name ?? '') === '') errors.push({ line, field: 'name', code: 'missing' })
  if (errors.length > 0) return errors
  const optional = (name: OwnColumn) => (texts[name] === undefined || texts[name] === '' ? null : texts[name])
  return {
    line,
    id: optional('id'),
    name: texts.name ?? '',
    owner: optional('owner'),
    language: optional('language'),
    region: optional('region'),
    account: optional('account'),
    fields,
    consents,
  }
}

function readField(line: number, field: FieldDefinition, text: string, into: { [name: string]: Json }, errors: RowError[]): void {
  const { name } = field
  if (field.type === 'number') {
    const value = Number(text.replace(/[\s,，]/g, ''))
    if (!Number.isFinite(value)) errors.push({ line, field: name, code: 'not_a_number' })
    else into[name] = value
  } else if (field.type === 'date') {
    if (Number.isNaN(Date.parse(text)) || (/^\d{4}-\d{2}-\d{2}/.test(text) && !hasRealDay(text)))
      errors.push({ line, field: name, code: 'not_a_date' })
    else into[name] = text
  } else if (field.type === 'boolean') {
    const value = { true: true, yes: true, '1': true, 是: true, false: false, no: false, '0': false, 否: false }[text.toLowerCase()]
    if (value === undefined) errors.push({ line, field: name, code: 'not_a_boolean' })
    else into[name] = value
  } else if (field.category === 'contact.email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    errors.push({ line, field: name, code: 'not_an_email' })
  } else into[name] = text
}

/** `recommendation:quote_push|service_delivery:aftersales_care`; `/` and `;` are understood too. */
function readConsents(line: number, text: string, errors: RowError[]): Cell[] {
  const cells: Cell[] = []
  for (const part of text.split(/[|;]/).map((it) => it.trim())) {
    if (part === '') continue
    const [purpose, scene, ...rest] = part.split(/[:/]/)
    if (isPurpose(purpose) && isScene(scene) && rest.length === 0) cells.push({ purpose, scene })
    else errors.push({ line, field: 'consents', code: 'unknown_consent', value: part.slice(0, 80) })
  }
  return cells
}
