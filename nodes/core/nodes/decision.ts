import { defineNode, failure, flaw, help, type Json, type JsonObject, leave, options, type Problem, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { parseCell } from '../domain/cell.ts'
import { findFlaws, rowOutput, rowsThatFit, type Table } from '../domain/decision.ts'

const policyLabels = {
  unique: words('Exactly one row', '只能命中一行'),
  first: words('The first row', '取第一行'),
  collect: words('Every row', '收集所有行'),
  'rule-order': words('Every row, in order', '按顺序收集所有行'),
}

const name = Type.String({ pattern: '^[A-Za-z_\\u4e00-\\u9fff][A-Za-z0-9_\\u4e00-\\u9fff-]{0,63}$' })
const closed = { additionalProperties: false } as const

const DecisionConfig = Type.Object(
  {
    hitPolicy: Type.Union([Type.Literal('unique'), Type.Literal('first'), Type.Literal('collect'), Type.Literal('rule-order')], {
      ...ui('select', 'Which rows count', '命中方式'),
      ...options(policyLabels),
      default: 'first',
    }),
    inputs: Type.Array(Type.Object({ name, value: Type.Any({ ...ui('expression', 'Value', '取值'), format: 'expression' }) }, closed), {
      ...ui('list', 'Inputs', '输入列'),
      minItems: 1,
      maxItems: 20,
    }),
    outputs: Type.Array(Type.Object({ name }, closed), { ...ui('list', 'Outputs', '输出列'), minItems: 1, maxItems: 20 }),
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
        ...help('Cells: = 1, > 1万, [1..5], a, b, not a, - for any', '单元格:= 1、> 1万、[1..5]、a, b、not a、- 表示任意'),
        maxItems: 500,
      },
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
    return language === 'en' ? `${rows} rows by ${columns}` : `按 ${columns} 查 ${rows} 行规则`
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
    return failure('SLU_DECISION_OVERLAP', `Rows ${rows.map((row) => row + 1).join(' and ')} both fit; exactly one may.`)
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
  const broken = table.rows.flatMap(({ when, give }, row) => [
    ...when.flatMap((cell, column) => (parseCell(cell) === null ? [badCell(row, column, cell)] : [])),
    ...(when.length !== table.inputs.length || give.length !== table.outputs.length ? [badWidth(row)] : []),
  ])
  return broken.length > 0 || table.rows.length === 0 ? broken : fitness(table, config.hitPolicy)
}

function fitness(table: Table, hitPolicy: Json | undefined): readonly Problem[] {
  const { gap, overlap } = findFlaws(table)
  const say = (values: readonly unknown[]) => table.inputs.map((column, index) => `${column} = ${JSON.stringify(values[index])}`).join(', ')
  const problems: Problem[] = []
  if (gap !== null)
    problems.push(flaw('SLU_DECISION_GAP', '/rows', `Table has a gap, e.g. ${say(gap)}`, `表格有空缺，例如 ${say(gap)}`, 'warning'))
  if (overlap !== null && hitPolicy === 'unique') {
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
  return problems
}

function badCell(row: number, column: number, cell: string): Problem {
  return flaw('SLU_DECISION_CELL', `/rows/${row}/when/${column}`, `“${cell}” is no cell.`, `单元格“${cell}”无法识别。`)
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
