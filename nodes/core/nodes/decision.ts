import { defineNode, failure, flaw, help, type Json, type JsonObject, leave, options, type Problem, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { parseCell } from '../domain/cell.ts'
import { cellsFor } from '../domain/cell-for.ts'
import { boundsOf, type ColumnType, columnTypes, isOfType } from '../domain/column-type.ts'
import { rowOutput, rowsThatFit, type Table } from '../domain/decision.ts'
import { findFlaws } from '../domain/flaws.ts'
import { type HitPolicy, runTest } from '../domain/test-row.ts'

const policyLabels = {
  unique: words('Exactly one row', '只能命中一行'),
  first: words('The first row', '取第一行'),
  collect: words('Every row', '收集所有行'),
  'rule-order': words('Every row, in order', '按顺序收集所有行'),
}

const name = Type.String({ pattern: '^[A-Za-z_\\u4e00-\\u9fff][A-Za-z0-9_\\u4e00-\\u9fff-]{0,63}$' })
const closed = { additionalProperties: false } as const

/** Inputs, outputs and tests are columns and rows of one table, and are edited there. */
const inTable = { 'x-edited-in': 'rows' } as const
const type = Type.Optional(
  Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('boolean'), Type.Literal('date')], {
    ...ui('select', 'Type', '类型'),
  }),
)

const DecisionConfig = Type.Object(
  {
    hitPolicy: Type.Union([Type.Literal('unique'), Type.Literal('first'), Type.Literal('collect'), Type.Literal('rule-order')], {
      ...ui('select', 'Which rows count', '命中方式'),
      ...options(policyLabels),
      default: 'first',
    }),
    inputs: Type.Array(
      Type.Object({ name, type, value: Type.Any({ ...ui('expression', 'Value', '取值'), format: 'expression' }) }, closed),
      {
        ...ui('list', 'Inputs', '输入列'),
        ...inTable,
        minItems: 1,
        maxItems: 20,
      },
    ),
    outputs: Type.Array(Type.Object({ name, type }, closed), {
      ...ui('list', 'Outputs', '输出列'),
      ...inTable,
      minItems: 1,
      maxItems: 20,
    }),
    rows: Type.Array(
      Type.Object(
        {
          when: Type.Array(Type.String({ maxLength: 1_000, 'x-deferred': true }), { maxItems: 20 }),
          give: Type.Array(Type.Any(), { maxItems: 20 }),
        },
        closed,
      ),
      {
        ...ui('table', 'Rows', '规则行'),
        ...help('Cells: = 1, > 1万, [1..5], a, b, not a, - for any', '单元格：= 1、> 1万、[1..5]、a, b、not a、- 表示任意'),
        maxItems: 500,
      },
    ),
    tests: Type.Optional(
      Type.Array(
        Type.Object(
          {
            given: Type.Array(Type.Unknown({ 'x-deferred': true }), { maxItems: 20 }),
            expect: Type.Union([Type.Array(Type.Unknown({ 'x-deferred': true }), { maxItems: 20 }), Type.Null()]),
          },
          closed,
        ),
        {
          ...ui('list', 'Test rows', '测试行'),
          ...help('Values and what the table must give for them', '取值以及表格应给出的结果'),
          ...inTable,
          'x-deferred': true,
          maxItems: 200,
        },
      ),
    ),
  },
  closed,
)
type DecisionConfig = Static<typeof DecisionConfig>

/** Decides by a table that analysts can read. Nothing fits: leaves by `none`, never by a guess. */
export const decision = defineNode({
  type: 'core.decision',
  version: 1,
  label: words('Decision table', '决策表'),
  summary: words('Looks values up in a table of rules.', '按规则表得出结果。'),
  keywords: ['rules', 'table', 'dmn', 'matrix', 'lookup', '规则', '表格', '决策', '矩阵', '查表'],
  category: 'decide',
  silhouette: 'decision',
  icon: 'table-2',
  config: DecisionConfig,
  ports: [
    { name: 'out', label: words('Found', '命中') },
    { name: 'none', label: words('Nothing fits', '未命中') },
  ],
  effect: 'none',
  // What leaves stands in the table; the inputs only choose the row.
  labels: { gives: (port) => (port === 'none' ? 'input' : 'mix.rows'), decides: ['inputs'] },
  sentence: (config, language) => {
    const rows = listOf(config.rows).length
    const columns = namesOf(config.inputs).join(', ') || '…'
    return language === 'en' ? `${rows} ${rows === 1 ? 'row' : 'rows'} by ${columns}` : `按 ${columns} 查 ${rows} 行规则`
  },
  check: checkTable,
  run: ({ config, input }) => decide(config, input),
})

function decide(config: DecisionConfig, input: Json) {
  const table = tableOf(config)
  const values = config.inputs.map(({ value }) => value as Json | undefined)
  const { hitPolicy } = config
  const rows = rowsThatFit(table, values, hitPolicy === 'first' ? 1 : hitPolicy === 'unique' ? 2 : table.rows.length)
  const why = {
    rows: rows.map((row) => row + 1),
    values: Object.fromEntries(table.inputs.map((column, index) => [column, values[index] ?? null])),
  }
  const [first] = rows
  if (first === undefined) return leave('none', input, why)
  if (hitPolicy === 'unique' && rows.length > 1)
    return failure(
      'SLU_DECISION_OVERLAP',
      words(
        `Rows ${rows.map((row) => row + 1).join(' and ')} both fit; exactly one may.`,
        `第 ${rows.map((row) => row + 1).join('、')} 行同时命中，只能命中一行。`,
      ),
    )
  const isList = hitPolicy === 'collect' || hitPolicy === 'rule-order'
  return leave('out', isList ? rows.map((row) => rowOutput(table, row)) : rowOutput(table, first), why)
}

function tableOf({ inputs, outputs, rows }: DecisionConfig): Table {
  return { inputs: inputs.map((column) => column.name), outputs: outputs.map((column) => column.name), rows: rows as Table['rows'] }
}

function checkTable(config: JsonObject): readonly Problem[] {
  const table: Table = {
    inputs: namesOf(config.inputs),
    outputs: namesOf(config.outputs),
    rows: listOf(config.rows).map(({ when, give }) => ({ when: textsOf(when), give: Array.isArray(give) ? give : [] })),
  }
  const types = listOf(config.inputs).map(typeOf)
  const broken = table.rows.flatMap(({ when, give }, row) => [
    ...when.flatMap((cell, column) => badCells(row, column, cell, types[column])),
    ...(when.length !== table.inputs.length || give.length !== table.outputs.length ? [badWidth(row)] : []),
  ])
  if (broken.length > 0) return broken
  if (table.rows.length === 0) return Array.isArray(config.rows) ? [noRows()] : []
  return [...blankRows(table), ...fitness(table, config.hitPolicy), ...testFailures(table, config)]
}

function badCells(row: number, column: number, cell: string, type: ColumnType | undefined): readonly Problem[] {
  if (parseCell(cell) === null) return [badCell(row, column, cell)]
  const wrong = boundsOf(cell).find((bound) => !isOfType(bound, type))
  return wrong === undefined || type === undefined ? [] : [badType(row, column, String(wrong), type)]
}

function fitness(table: Table, hitPolicy: Json | undefined): readonly Problem[] {
  const { gap, overlaps, unreachable } = findFlaws(table)
  const say = (values: readonly unknown[]) => table.inputs.map((column, index) => `${column} = ${JSON.stringify(values[index])}`).join(', ')
  const problems: Problem[] = []
  if (gap !== null)
    problems.push({
      ...flaw('SLU_DECISION_GAP', '/rows', `Table has a gap, e.g. ${say(gap)}`, `表格有空缺，例如 ${say(gap)}`, 'warning'),
      fix: { says: words('Add row', '添加一行'), action: 'add-row', data: { when: [...cellsFor(table, gap)] } },
    })
  if (hitPolicy === 'unique')
    for (const overlap of overlaps) {
      const rows = overlap.rows.map((row) => row + 1)
      problems.push(
        flaw(
          'SLU_DECISION_OVERLAP',
          `/rows/${overlap.rows[1] ?? 0}`,
          `Rows ${rows.join(' and ')} both fit ${say(overlap.values)}`,
          `第 ${rows.join('、')} 行同时命中 ${say(overlap.values)}`,
        ),
      )
    }
  for (const { row, by } of unreachable) {
    if (by !== null && (hitPolicy ?? 'first') !== 'first') continue
    problems.push(neverReached(row, by))
  }
  return problems
}

function neverReached(row: number, by: number | null): Problem {
  const [en, zh] =
    by === null
      ? [`Row ${row + 1} fits nothing: its cells contradict themselves.`, `第 ${row + 1} 行不会命中任何取值：单元格自相矛盾。`]
      : [`Row ${row + 1} is never reached: row ${by + 1} comes first.`, `第 ${row + 1} 行永远不会命中：第 ${by + 1} 行先命中。`]
  return flaw('SLU_DECISION_UNREACHABLE', `/rows/${row}`, en, zh, 'warning')
}

/** Test rows live with the table and hold for whoever changes it: one that fails stops publishing. */
function testFailures(table: Table, config: JsonObject): readonly Problem[] {
  const policy = policyOf(config.hitPolicy)
  return listOf(config.tests).flatMap(({ given, expect }, index) => {
    const test = { given: Array.isArray(given) ? given : [], expect: Array.isArray(expect) ? expect : null }
    const { passes, rows, gave } = runTest(table, policy, test)
    if (passes) return []
    const [en, zh] =
      gave === null
        ? ['no row fits', '没有命中任何行']
        : [
            `row ${rows.map((row) => row + 1).join(', ')} gives ${JSON.stringify(gave)}`,
            `第 ${rows.map((row) => row + 1).join('、')} 行给出 ${JSON.stringify(gave)}`,
          ]
    return [flaw('SLU_DECISION_TEST', `/tests/${index}`, `Test row ${index + 1} fails: ${en}.`, `测试行 ${index + 1} 未通过：${zh}。`)]
  })
}

function policyOf(value: Json | undefined): HitPolicy {
  return typeof value === 'string' && Object.hasOwn(policyLabels, value) ? (value as HitPolicy) : 'first'
}

function typeOf({ type }: JsonObject): ColumnType | undefined {
  return columnTypes.find((each) => each === type)
}

function badType(row: number, column: number, value: string, type: ColumnType): Problem {
  const named = {
    text: ['text', '文本'],
    number: ['a number', '数字'],
    boolean: ['yes or no', '是或否'],
    date: ['a date such as 2026-03-01', '2026-03-01 形式的日期'],
  }[type]
  return flaw('SLU_DECISION_CELL', `/rows/${row}/when/${column}`, `“${value}” is not ${named[0]}.`, `“${value}”不是${named[1]}。`)
}

function badCell(row: number, column: number, cell: string): Problem {
  return flaw('SLU_DECISION_CELL', `/rows/${row}/when/${column}`, `“${cell}” is no cell.`, `单元格“${cell}”无法识别。`)
}

function noRows(): Problem {
  return flaw('SLU_DECISION_EMPTY', '/rows', 'The table has no rows.', '表格没有规则行。')
}

/** Most often a row that was added and never filled in: it takes what comes, and gives nothing. */
function blankRows({ rows }: Table): readonly Problem[] {
  return rows.flatMap(({ give }, row) =>
    give.every((value) => value === '' || value === null)
      ? flaw('SLU_DECISION_EMPTY', `/rows/${row}`, `Row ${row + 1} gives nothing.`, `第 ${row + 1} 行没有结果。`, 'warning')
      : [],
  )
}

function badWidth(row: number): Problem {
  return flaw(
    'SLU_DECISION_WIDTH',
    `/rows/${row}`,
    'The row has more or fewer cells than the table has columns.',
    '该行的单元格数与列数不一致。',
  )
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value)
    ? value.filter((item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item))
    : []
}

function namesOf(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((column) => (typeof column.name === 'string' ? [column.name] : []))
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((item) => String(item)) : []
}
