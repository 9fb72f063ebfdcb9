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

test('24 persistent trigger: a go-ahead before its time is kept, and used once', () => {
  const it = play('24-persistent-trigger').order()
  it.send('go.given')
  it.done('a')
  expect(it.open).toEqual(['b'])
})

test('24 persistent trigger: without one the run waits for it', () => {
  const it = play('24-persistent-trigger').order()
  it.done('a')
  expect(it.open).toEqual([])
  it.send('go.given')
  expect(it.open).toEqual(['b'])
})
