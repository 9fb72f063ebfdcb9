/** Workflow patterns 23 and 24: signals from outside. */
import { expect, test } from 'vitest'
import { play } from './play.ts'

test('23 transient trigger: a go-ahead before its time is lost', () => {
  const it = play('23-transient-trigger').order()
  it.send('go.given')
  it.done('a')
  expect(it.open).toEqual([])
  it.send('go.given')
  expect(it.open).toEqual(['b'])
})

test('24 persistent trigger: a go-ahead before its time is kept; a second one finds nobody', () => {
  const it = play('24-persistent-trigger').order()
  it.send('go.given')
  it.done('a')
  expect(it.open).toEqual(['b'])
  it.send('go.given')
  it.done('b')
  expect([it.status, it.times('go'), it.times('b')]).toEqual(['succeeded', 1, 1])
})

test('24 persistent trigger: one given before the order was placed, or about another order, does not count', () => {
  const { order, world } = play('24-persistent-trigger')
  world.send('go.given', {}, 'mine')
  world.advance(1)
  const it = order({}, 'mine')
  order({}, 'other').send('go.given')
  it.done('a')
  expect(it.open).toEqual([])
})

test('24 persistent trigger: without one the run waits for it', () => {
  const it = play('24-persistent-trigger').order()
  it.done('a')
  expect(it.open).toEqual([])
  it.send('go.given')
  expect(it.open).toEqual(['b'])
})
