import { testNode } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { decision } from './decision.ts'

const rows = [
  { when: ['< 5%', '-'], give: ['none', 0] },
  { when: ['[5%..10%]', 'gold'], give: ['manager', 1] },
  { when: ['> 10%', '-'], give: ['director', 2] },
]
const table = (discount: unknown, tier: unknown, hitPolicy = 'first', more = rows) => ({
  hitPolicy,
  inputs: [
    { name: 'discount', value: discount },
    { name: 'tier', value: tier },
  ],
  outputs: [{ name: 'approver' }, { name: 'level' }],
  rows: more,
})

describe('a decision table', () => {
  test('without rows, or with one nobody filled in, is told', () => {
    const found = (more: typeof rows) => decision.check?.(table(0, 'x', 'first', more) as never).map(({ code, path }) => [code, path])
    expect(found([])).toEqual([['SLU_DECISION_EMPTY', '/rows']])
    expect(found([...rows, { when: ['-', ''], give: ['', null as never] }])).toEqual([['SLU_DECISION_EMPTY', '/rows/3']])
    expect(found([...rows, { when: ['-', '-'], give: ['nobody', 0] }])).toEqual([])
  })

  test('gives the outputs of the row that fits, and says which and why', async () => {
    expect((await testNode(decision, { config: table(0.12, 'silver') })).outcome).toEqual({
      kind: 'output',
      port: 'out',
      data: { approver: 'director', level: 2 },
      why: { rows: [3], values: { discount: 0.12, tier: 'silver' } },
    })
  })

  test('leaves by none where it has a gap, with what came in', async () => {
    expect((await testNode(decision, { config: table(0.07, 'silver'), input: 'case' })).outcome).toMatchObject({
      port: 'none',
      data: 'case',
    })
  })

  test('collects every row in order', async () => {
    const more = [...rows, { when: ['> 20%', '-'], give: ['board', 3] }]
    expect((await testNode(decision, { config: table(0.25, 'x', 'collect', more) })).outcome).toMatchObject({
      data: [{ approver: 'director' }, { approver: 'board' }],
      why: { rows: [3, 4] },
    })
  })

  test('fails rather than picks when exactly one row may fit and two do', async () => {
    const more = [...rows, { when: ['> 20%', '-'], give: ['board', 3] }]
    expect((await testNode(decision, { config: table(0.25, 'x', 'unique', more) })).outcome).toMatchObject({
      error: { code: 'SLU_DECISION_OVERLAP', message: 'Rows 3 and 4 both fit; exactly one may.' },
    })
  })
})

describe('its check', () => {
  const codes = (config: object) => decision.check?.(config as never).map(({ code, path }) => `${code} ${path}`)

  test('finds the gap and gives an example', () => {
    const [gap] = decision.check?.(table('{% input.discount %}', '{% input.tier %}') as never) ?? []
    expect(gap).toMatchObject({ code: 'SLU_DECISION_GAP', severity: 'warning' })
    expect(JSON.stringify(gap?.message)).toContain('discount = 0.05')
    expect(gap?.fix).toMatchObject({ action: 'add-row', data: { when: ['[0.05..0.1]', 'not gold'] } })
  })

  test('is content with a table that covers everything once', () => {
    const whole = [
      { when: ['< 5', '-'], give: ['a', 1] },
      { when: ['[5..10)', 'gold'], give: ['b', 2] },
      { when: ['[5..10)', 'not gold'], give: ['c', 3] },
      { when: ['>= 10', '-'], give: ['d', 4] },
    ]
    expect(codes(table(1, 1, 'unique', whole))).toEqual([])
  })

  test('finds rows that overlap at a bound', () => {
    const touching = [
      { when: ['<= 5', '-'], give: ['a', 1] },
      { when: ['>= 5', '-'], give: ['b', 2] },
    ]
    expect(codes(table(1, 1, 'unique', touching))).toEqual(['SLU_DECISION_OVERLAP /rows/1'])
    expect(codes(table(1, 1, 'first', touching))).toEqual([])
  })

  test('names unreadable cells and rows of the wrong width', () => {
    expect(codes(table(1, 1, 'first', [{ when: [','], give: ['a', 1] }]))).toEqual([
      'SLU_DECISION_CELL /rows/0/when/0',
      'SLU_DECISION_WIDTH /rows/0',
    ])
  })

  test('names rows that are never reached, and what comes before them', () => {
    const hidden = [
      { when: ['-', 'gold'], give: ['a', 1] },
      { when: ['> 5', 'gold'], give: ['b', 2] },
      { when: ['[9..3]', '-'], give: ['c', 3] },
      { when: ['-', '-'], give: ['d', 4] },
    ]
    const found = decision.check?.(table(1, 1, 'first', hidden) as never) ?? []
    expect(found.map(({ code, path, severity }) => [code, path, severity])).toEqual([
      ['SLU_DECISION_UNREACHABLE', '/rows/1', 'warning'],
      ['SLU_DECISION_UNREACHABLE', '/rows/2', 'warning'],
    ])
    expect(found[0]?.message).toEqual({
      en: 'Row 2 is never reached: row 1 comes first.',
      'zh-CN': '第 2 行永远不会命中：第 1 行先命中。',
    })
    // Where every row counts, coming second hides nothing; contradicting oneself does.
    expect(codes(table(1, 1, 'collect', hidden))).toEqual(['SLU_DECISION_UNREACHABLE /rows/2'])
  })

  test('looks at a table of 200 rows whole', () => {
    const many = Array.from({ length: 200 }, (_, row) => ({
      when: [row === 0 ? '< 10' : row === 199 ? '>= 1990' : `[${row * 10}..${row * 10 + 10})`, 'a, b'],
      give: [`r${row}`, row],
    }))
    const found = decision.check?.(table(1, 1, 'unique', [...many, { when: ['[500..505]', 'b'], give: ['x', 0] }]) as never) ?? []
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['SLU_DECISION_GAP /rows', 'SLU_DECISION_OVERLAP /rows/200'])
  })

  test('a cell of another type than its column is named', () => {
    const typed = {
      ...table(1, 1),
      inputs: [
        { name: 'discount', type: 'number', value: 1 },
        { name: 'tier', value: 1 },
      ],
    }
    expect(codes({ ...typed, rows: [{ when: ['gold', 'gold'], give: ['a', 1] }] })).toEqual(['SLU_DECISION_CELL /rows/0/when/0'])
  })

  test('a test row that fails stops publishing and says what came instead', () => {
    const whole = [
      { when: ['<= 5', '-'], give: ['a', 1] },
      { when: ['> 5', '-'], give: ['b', 2] },
    ]
    const tests = [
      { given: [3, 'x'], expect: ['a', 1] },
      { given: [6, 'x'], expect: ['a', 1] },
      { given: [6, 'x'], expect: null },
    ]
    const found = decision.check?.({ ...table(1, 1, 'first', whole), tests } as never) ?? []
    expect(found.map(({ code, path, severity }) => [code, path, severity])).toEqual([
      ['SLU_DECISION_TEST', '/tests/1', 'error'],
      ['SLU_DECISION_TEST', '/tests/2', 'error'],
    ])
    expect(JSON.stringify(found[0]?.message)).toContain('row 2 gives [\\"b\\",2]')
  })

  test('never throws on half-filled config', () => {
    for (const config of [{}, { rows: [{}] }, { rows: 'x', inputs: 5 }, { inputs: [{}], rows: [{ when: [1], give: null }] }]) {
      expect(() => [decision.check?.(config as never), decision.sentence?.(config as never, 'zh-CN')]).not.toThrow()
    }
  })
})
