import { expect, test } from 'vitest'
import { formatIn, translate } from '../../app/i18n/index.ts'
import type { FarMark, FarPlace } from '../view-store.ts'
import { drawMark } from './draw-marks.ts'
import { countMarks, heatMarks } from './far-marks.ts'

const format = formatIn('en')

test('a step of the far picture says how many lines stand there, and an idle one nothing', () => {
  const marks = countMarks(
    new Map([
      ['busy', { running: 2, waiting: 0, incident: 1 }],
      ['idle', { running: 0, waiting: 0, incident: 0 }],
    ]),
    format,
  )
  expect([...marks]).toEqual([
    [
      'busy',
      {
        heat: 0,
        pills: [
          { sign: 'running', text: '2' },
          { sign: 'incident', text: '1' },
        ],
        below: null,
      },
    ],
  ])
})

test('heat goes by the root of what passed, failures stand beside it, and a time only where one is known', () => {
  const step = (node: string, passed: number, failed = 0, p95Ms: number | null = null) => ({ node, passed, failed, p95Ms })
  const marks = heatMarks([step('a', 1600, 0, 90_000), step('b', 100, 3), step('c', 1), step('d', 0)], translate, format)
  expect([...marks].map(([id, { heat }]) => [id, heat])).toEqual([
    ['a', 4],
    ['b', 1],
    ['c', 1],
    ['d', 0],
  ])
  expect(marks.get('a')?.pills.map(({ text }) => text)).toEqual(['1,600'])
  expect(marks.get('b')?.pills.map(({ sign, text }) => `${sign} ${text}`)).toEqual(['passed 100', 'failed 3'])
  expect(marks.get('a')?.below).not.toBeNull()
  expect(marks.get('b')?.below).toBeNull()
})

test('from far enough to read, numbers and time are written; from farther the tint is stronger and only the sign of a failure is left', () => {
  const mark: FarMark = {
    heat: 2,
    pills: [
      { sign: 'passed', text: '40' },
      { sign: 'failed', text: '3' },
    ],
    below: 'p95 1 min',
  }
  const near = drawn(mark, { zoom: 0.4, hasTitle: true })
  expect(near.words).toEqual(['40', '3', 'p95 1 min'])
  const far = drawn(mark, { zoom: 0.1, hasTitle: false })
  expect(far.words).toEqual([])
  expect(far.tints).toHaveLength(1)
  expect(far.alphas[0]).toBeGreaterThan(near.alphas[0] ?? 1)
  expect(far.strokes).toEqual(['error'])
  expect(near.strokes).toEqual(['line-strong', 'ink', 'error'])
  expect(far.alphaAfter).toBe(1)
})

test('the tint has the corners of the card where they are seen', () => {
  const mark: FarMark = { heat: 4, pills: [], below: null }
  const trigger = drawn(mark, { zoom: 0.4, hasTitle: true, corners: [32, 10, 10, 32] })
  expect(trigger.tints).toEqual([[32, 10, 10, 32]])
  expect(drawn(mark, { zoom: 0.1, hasTitle: false }).tints).toHaveLength(1)
})

/** What reaches a 2D context, noted down. */
function drawn(mark: FarMark, place: Pick<FarPlace, 'zoom' | 'hasTitle'> & Partial<Pick<FarPlace, 'corners'>>) {
  const words: string[] = []
  const tints: unknown[] = []
  const alphas: number[] = []
  const strokes: unknown[] = []
  const nothing = () => {}
  const context = {
    globalAlpha: 1,
    strokeStyle: '',
    beginPath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    arc: nothing,
    // The plate behind the numbers stands beside the corner of the card.
    roundRect: (x: number, _y: number, _width: number, _height: number, corners: unknown) => x === 0 && tint(corners),
    fill: nothing,
    fillRect: () => tint(0),
    stroke: () => strokes.push(context.strokeStyle),
    fillText: (text: string) => words.push(text),
    measureText: (text: string) => ({ width: text.length * 12 }),
  }
  const tint = (corners: unknown) => {
    tints.push(corners)
    alphas.push(context.globalAlpha)
  }
  const ink = new Proxy({} as FarPlace['ink'], { get: (_, name) => name })
  drawMark(context as unknown as CanvasRenderingContext2D, mark, {
    corners: 10,
    ...place,
    box: { x: 0, y: 0, width: 216, height: 84 },
    ink,
  })
  return { words, tints, alphas, strokes, alphaAfter: context.globalAlpha }
}
