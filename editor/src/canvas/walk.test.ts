import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../doc/index.ts'
import { toyCatalogue as catalogue } from '../doc/testing/toy-catalogue.ts'
import { edgeAt } from './hit.ts'
import { neighbour, readingOrder } from './walk.ts'

const doc = fromFile({
  ...emptyFlow('fork', 'Fork'),
  nodes: [
    { id: 'start', type: 'toy.start', at: [0, 100] },
    { id: 'fork', type: 'toy.fork', at: [312, 100] },
    { id: 'upper', type: 'toy.step', at: [624, 0] },
    { id: 'lower', type: 'toy.step', at: [624, 200] },
    { id: 'lonely', type: 'toy.step', at: [0, 600] },
  ],
  edges: [
    { from: 'start.out', to: 'fork.in' },
    { from: 'fork.true', to: 'upper.in' },
    { from: 'fork.false', to: 'lower.in' },
  ],
})

test('arrows walk along wires, between parallel lines, and to the nearest step where there is no wire', () => {
  expect(neighbour(doc, catalogue, 'start', 'right')).toBe('fork')
  expect(neighbour(doc, catalogue, 'fork', 'left')).toBe('start')
  expect(neighbour(doc, catalogue, 'upper', 'down')).toBe('lower')
  expect(neighbour(doc, catalogue, 'lower', 'up')).toBe('upper')
  expect(neighbour(doc, catalogue, 'start', 'down')).toBe('lonely')
  expect(neighbour(doc, catalogue, 'start', 'left')).toBeNull()
})

test('steps are read from the trigger along the wires, upper line first', () => {
  expect(readingOrder(doc)).toEqual(['start', 'fork', 'upper', 'lower', 'lonely'])
})

test('the wire under a place is found, but not one of the dragged step itself, and none far away', () => {
  expect(edgeAt(doc, catalogue, { x: 264, y: 138 }, 24)).toBe('start.out>fork.in')
  expect(edgeAt(doc, catalogue, { x: 264, y: 138 }, 24, { except: 'fork' })).toBeNull()
  expect(edgeAt(doc, catalogue, { x: 264, y: 400 }, 24)).toBeNull()
})
