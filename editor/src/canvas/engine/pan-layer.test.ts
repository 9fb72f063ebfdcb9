import { expect, test } from 'vitest'
import { panLayer } from './pan-layer.ts'

function surface() {
  const element = { dataset: {} as Record<string, string> }
  return { layer: panLayer(() => element as unknown as HTMLElement), isLayer: () => 'panned' in element.dataset }
}

test('the drawing is a layer from the first move of the view until it rests', () => {
  const { layer, isLayer } = surface()
  layer.start(1)
  expect(isLayer()).toBe(false)
  layer.move(1)
  expect(isLayer()).toBe(true)
  layer.end()
  expect(isLayer()).toBe(false)
})

test('a zoom ends the layer, and a view that is set without a hand never makes one', () => {
  const { layer, isLayer } = surface()
  layer.start(1)
  layer.move(1)
  layer.move(0.9)
  expect(isLayer()).toBe(false)
  layer.end()
  layer.move(0.9)
  expect(isLayer()).toBe(false)
})
