import { expect, test } from 'vitest'
import { viewText } from './view-address.ts'
import { viewFrom } from './viewport-memory.ts'

test('a view reads from an address as it was written, to the pixel', () => {
  for (const view of [
    { x: 0, y: 0, zoom: 1 },
    { x: -12_345, y: 678, zoom: 0.05 },
    { x: 9_999_999, y: -9_999_999, zoom: 2 },
    { x: 31, y: -7, zoom: 0.83333 },
  ])
    expect(viewFrom(viewText(view))).toEqual(view)
  expect(viewText({ x: 1.5, y: -0.4, zoom: 1 / 3 })).toBe('2,0,0.33333')
})

test('a view in an address that nobody could have been at is not taken', () => {
  for (const text of [
    null,
    '',
    '1,2',
    '1,2,3',
    '1,2,0',
    '1,2,0.04',
    '1,2,2.1',
    '1,2,-1',
    '1,2,1,4',
    '1,2,1.2.3',
    '1,2,.',
    '10000000,0,1',
    '1e9,0,1',
    'NaN,0,1',
    'Infinity,0,1',
    '0,0,0x1',
    ' 1,2,1',
    '1,2,1\n',
    '{"x":1}',
  ])
    expect(viewFrom(text), String(text)).toBeNull()
})
