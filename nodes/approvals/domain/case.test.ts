import { expect, test } from 'vitest'
import { outcomeOf, returned, type Stage, signaturesBefore, stageOf, withSigner } from './case.ts'

let clock = 0
const signed = (stage: Stage, ...actions: readonly (string | null)[]): Stage => ({
  ...stage,
  seats: stage.seats.map((seat, index) => {
    const action = actions[index] ?? null
    const by = `u-${index}`
    return action === null ? seat : { ...seat, signature: { action, by, for: null, at: ++clock, data: {}, shownHash: 'h' } }
  }),
})
const three = ['a', 'b', 'c']

test.each<[string, Stage, string | null]>([
  ['all: open while one is missing', signed(stageOf(three), 'approve', 'approve'), null],
  ['all: passes with the last', signed(stageOf(three), 'approve', 'approve', 'approve'), 'approve'],
  ['all: one no is a no', signed(stageOf(three), null, 'reject'), 'reject'],
  ['any: the first answer decides', signed(stageOf(three, 'any'), null, 'approve'), 'approve'],
  ['any: a no decides too', signed(stageOf(three, 'any'), 'reject'), 'reject'],
  ['ratio: half of three are two', signed(stageOf(three, 'ratio', 0.5), 'approve'), null],
  ['ratio: reached', signed(stageOf(three, 'ratio', 0.5), 'approve', 'reject', 'approve'), 'approve'],
  ['ratio: one no is not yet the end', signed(stageOf(three, 'ratio', 0.5), 'reject'), null],
  ['ratio: out of reach', signed(stageOf(three, 'ratio', 0.5), 'reject', 'reject'), 'reject'],
  ['ratio: two thirds of three are two, not three', signed(stageOf(three, 'ratio', 2 / 3), 'approve', 'approve'), 'approve'],
  ['ratio: next to nothing still needs one', signed(stageOf(three, 'ratio', 0.01), 'approve'), 'approve'],
])('%s', (_name, stage, outcome) => {
  expect(outcomeOf(stage, 'approve', false)).toBe(outcome)
})

test('with money one veto stops it, however the others sign', () => {
  expect(outcomeOf(signed(stageOf(three, 'ratio', 0.1), null, 'veto'), 'approve', true)).toBe('veto')
  expect(outcomeOf(signed(stageOf(three, 'any'), 'approve', 'veto'), 'approve', true)).toBe('veto')
})

test('a signer comes before, beside or after the open stage', () => {
  const stages = [stageOf(['a']), stageOf(['b'])]
  const who = (place: 'before' | 'with' | 'after') =>
    withSigner(stages, 0, 'x', place).map(({ seats }) => seats.map((seat) => seat.who).join('+'))
  expect(who('before')).toEqual(['x', 'a', 'b'])
  expect(who('with')).toEqual(['a+x', 'b'])
  expect(who('after')).toEqual(['a', 'x', 'b'])
})

test('one more beside a single signer means both, beside several it keeps how they count', () => {
  expect(withSigner([stageOf(['a'], 'any')], 0, 'x', 'with')[0]).toMatchObject({ need: 'all' })
  expect(withSigner([stageOf(['a', 'b'], 'any')], 0, 'x', 'with')[0]).toMatchObject({ need: 'any' })
})

test('after a return the stage asked again is unsigned and those between keep their signatures', () => {
  const stages = [signed(stageOf(['a']), 'approve'), signed(stageOf(['b']), 'approve'), stageOf(['c'])]
  expect(returned(stages, 0, 2).map(({ seats }) => seats[0]?.signature?.action ?? null)).toEqual([null, 'approve', null])
  expect(signaturesBefore(stages, 2).map(({ by }) => by)).toEqual(['u-0', 'u-0'])
})
