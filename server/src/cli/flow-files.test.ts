import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flow } from '@sluice/engine/testing'
import { afterAll, expect, test } from 'vitest'
import { checkFile } from './flow-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(definition: { readonly key: string }): string {
  const file = join(folder, `${definition.key}.flow.json`)
  writeFileSync(file, JSON.stringify(definition))
  return file
}

const decided = { value: '{% {"customer": event.subject, "amount": 5} %}', approver: 'role:director' }
const pays = {
  customer: '{% nodes.veto.value.customer %}',
  amount: '{% nodes.veto.value.amount %}',
  currency: 'CNY',
  receipt: '{% nodes.veto.receipt %}',
}
const asks = { prompt: 'Is this a good customer?', purpose: 'recommendation', scene: 'quote_push' }

test('a called flow in the same folder is part of the proof, as it is on the server', () => {
  const paying = flow('paying')
    .node('on', 'core.event', { type: 'quote.requested' })
    .node('veto', 'approvals.veto', decided)
    .node('call', 'core.call', { flow: 'judge', input: 1 })
    .node('if', 'core.branch', { when: '{% nodes.call.good = true %}' })
    .node('pay', 'crm.apply-discount', pays)
    .wire('on', 'veto')
    .wire('veto.approved', 'call')
    .wire('call', 'if')
    .wire('if.true', 'pay')
    .build()
  const file = write(paying)
  const codes = () =>
    checkFile(file)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ code }) => code)
  writeFileSync(join(folder, 'broken.flow.json'), '{')
  const alone = codes()
  write(flow('judge').node('in', 'core.manual').node('ai', 'ai.generate', asks).wire('in', 'ai').build())
  expect(codes().filter((code) => !alone.includes(code))).not.toEqual([])
})
