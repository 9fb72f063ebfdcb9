import { expect, test } from 'vitest'
import { catalogue } from '../../src/http/errors/catalogue.ts'
import { isTest, type Source, sources } from './sources.ts'

const catalogueFiles = /^server\/src\/http\/errors\/(?!refusal|from-unknown)|^nodes\/[a-z]+\/errors\.ts$/
const production = sources().filter(({ path }) => !isTest(path))
const users = production.filter(({ path }) => !catalogueFiles.test(path) && !path.startsWith('editor/'))

/** Codes that stand in a text as themselves: `'SLU_X'`, or at the head of a message `SLU_X: …`. */
function codesIn({ text }: Source): readonly string[] {
  const found = [...text.matchAll(/['"`](SLU_[A-Z0-9_]*[A-Z0-9])(?=['"`:])/g)].filter(
    ({ index }) => !text.slice(0, index).endsWith('startsWith('),
  )
  return found.map(([, code]) => code ?? '')
}

/** The flow reader says `SLU_FLOW_…` where the schema checker said `SLU_SCHEMA_…`. */
const derived = [...catalogue.keys()].filter((code) => code.startsWith('SLU_SCHEMA_')).map((code) => code.replace('SCHEMA', 'FLOW'))

test('every code that is thrown has its wording', () => {
  const unknown = users.flatMap((source) =>
    codesIn(source)
      .filter((code) => !catalogue.has(code))
      .map((code) => `${code} in ${source.path}`),
  )
  expect([...new Set(unknown)]).toEqual([])
})

test('no code is worded that nobody throws', () => {
  const thrown = new Set([...users.flatMap(codesIn), ...derived])
  expect([...catalogue.keys()].filter((code) => !thrown.has(code))).toEqual([])
})

test('each wording is there in English and in Chinese, and says what to do', () => {
  const poor = [...catalogue].filter(([, { says, hint, detail }]) =>
    [says, hint, ...(detail === undefined ? [] : [detail])].some(
      (text) => typeof text === 'string' || text.en.trim() === '' || !/[\u4e00-\u9fff]/.test(text['zh-CN']),
    ),
  )
  expect(poor.map(([code]) => code)).toEqual([])
})

test('each code names a status that HTTP knows', () => {
  const odd = [...catalogue].filter(
    ([, { http }]) => ![400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 417, 421, 422, 423, 429, 431, 500, 502, 503, 504].includes(http),
  )
  expect(odd.map(([code]) => code)).toEqual([])
})
