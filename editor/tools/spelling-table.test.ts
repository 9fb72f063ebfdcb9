import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { syllablesOf } from '../src/app/pinyin/syllables.ts'
import { spellingModule } from './spelling-table.ts'

const page: { syllablesOf?: typeof syllablesOf } = await import(`data:text/javascript,${encodeURIComponent(spellingModule())}`)

test('what the page gets in place of the dictionary says names as the dictionary does', () => {
  const names = [
    '客户回访',
    '重庆银行贷款跟进',
    '试驾后三天提醒',
    '到店客户增长',
    '合同到期前调整',
    '授权撤回',
    '会计审批',
    '女士专享',
    '朝阳区积分兑换',
  ]
  for (const name of names) expect([name, page.syllablesOf?.(name)]).toEqual([name, syllablesOf(name)])
})

test('a character it does not know has an empty entry, so that the others keep their places', () => {
  expect(page.syllablesOf?.('客龘户')).toEqual(['ke', '', 'hu'])
})

test('it is a small download', () => {
  expect(gzipSync(spellingModule()).length).toBeLessThan(20_000)
})
