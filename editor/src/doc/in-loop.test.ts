import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from './file.ts'
import { standsInLoop } from './in-loop.ts'

test('a step stands in a loop when some way leads back to it, and only then', () => {
  const wires = [
    ['start', 'ask'],
    ['ask', 'look'],
    ['look', 'ask'],
    ['look', 'end'],
    ['end', 'end'],
  ]
  const edges = wires.map(([from, to]) => ({ from: `${from}.out`, to: `${to}.in` }))
  const doc = fromFile({ ...emptyFlow('f', 'F'), edges })
  expect(['start', 'ask', 'look', 'end'].filter((step) => standsInLoop(doc, step))).toEqual(['ask', 'look', 'end'])
})
