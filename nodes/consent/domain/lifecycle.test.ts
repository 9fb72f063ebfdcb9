import { expect, test } from 'vitest'
import { type ConsentEvent, type ConsentState, move, replaceable } from './lifecycle.ts'

const states: ConsentState[] = [
  'requested',
  'given',
  'given_unconfirmed',
  'refused',
  'lapsed',
  'expired',
  'stale',
  'withdrawn',
  'terminated',
  'invalidated',
]
const events: ConsentEvent[] = [
  'accepted',
  'accepted_unconfirmed',
  'refused',
  'lapsed',
  'confirmed',
  'expired',
  'changed',
  'withdrawn',
  'ended',
  'found_defective',
]

test('there are exactly the twelve moves of the specification', () => {
  const legal = states.flatMap((from) => events.map((event) => [from, event, move(from, event)] as const)).filter(([, , to]) => to !== null)
  expect(legal.map(([from, event, to]) => `${from} -${event}-> ${to}`)).toEqual([
    'requested -accepted-> given',
    'requested -accepted_unconfirmed-> given_unconfirmed',
    'requested -refused-> refused',
    'requested -lapsed-> lapsed',
    'given -expired-> expired',
    'given -changed-> stale',
    'given -withdrawn-> withdrawn',
    'given -ended-> terminated',
    'given -found_defective-> invalidated',
    'given_unconfirmed -confirmed-> given',
    'given_unconfirmed -withdrawn-> withdrawn',
    'given_unconfirmed -found_defective-> invalidated',
  ])
})

test('what has ended is never opened again; a new record takes its place', () => {
  for (const state of replaceable) expect(events.map((event) => move(state, event)).every((to) => to === null)).toBe(true)
  expect(replaceable).not.toContain('given')
})
