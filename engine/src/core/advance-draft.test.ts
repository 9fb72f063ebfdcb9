import { expect, test } from 'vitest'
import { compilePlainly, flow, kindsOf, testNodes } from '../testing/index.ts'
import type { Command } from './command.ts'
import { advance, advanceDraft } from './decide.ts'

const drawn = flow('f')
  .node('start', 'test.event')
  .node('each', 'test.each', { group: 'region' })
  .node('work', 'test.act')
  .node('after', 'test.echo')
  .group('region', ['work'])
  .wire('start', 'each')
  .wire('each', 'after')
const compiled = compilePlainly(drawn.build(), kindsOf(testNodes))
const plan = { items: [1, 2, 3], concurrency: 3, reviewed: false, collect: false, stop: false, finish: false }
const done = (token: string): Command => ({ kind: 'node.complete', at: 2, token, attempt: 1, port: 'out', data: { token }, why: null })
const commands: readonly Command[] = [
  { kind: 'run.start', at: 1, run: 'r', trigger: 'start', event: null, data: { n: 1 }, parent: null },
  { kind: 'each.plan', at: 1, token: 't1', attempt: 1, plan },
  done('t3'),
  done('nobody'),
  done('t2'),
  done('t4'),
  done('t5'),
]

test('a draft that is given back comes to the same as a copy for each command, also after a rejection', () => {
  let copied = advance(compiled, null, commands[0] as Command)
  let kept = advanceDraft(compiled, null, null, commands[0] as Command)
  for (const command of commands.slice(1)) {
    copied = advance(compiled, copied.run, command)
    kept = advanceDraft(compiled, kept.run, kept.draft, command)
    expect(kept.decision).toEqual(copied.decision)
    expect(kept.run).toEqual(copied.run)
  }
  expect(kept.run).toMatchObject({ status: 'succeeded' })
})

test('outputs that were handed out stay as they were, and a state whose draft is not given back is not touched', () => {
  const [first, second, third] = commands as readonly [Command, Command, Command]
  const one = advanceDraft(compiled, null, null, first)
  const outputs = one.run?.outputs
  const two = advanceDraft(compiled, one.run, one.draft, second)
  expect(two.run).toBe(one.run)
  expect(outputs).toEqual({ start: { n: 1 } })
  const before = structuredClone(two.run)
  const three = advanceDraft(compiled, two.run, null, third)
  expect(two.run).toEqual(before)
  expect(three.run).not.toEqual(before)
  advanceDraft(compiled, three.run, three.draft, done('t2'))
  expect(two.run).toEqual(before)
})
