import { describe, expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

/** One line goes through `before`, `place` and `after`; the other asks whether it stands at `place`. */
function asked(): Play {
  const definition = flow('f')
    .node('start', 'test.event')
    .node('ask', 'test.act')
    .node('gate', 'test.milestone', { step: 'place' })
    .node('go', 'test.act')
    .node('late', 'test.act')
    .node('before', 'test.act')
    .node('place', 'test.act')
    .node('after', 'test.act')
    .wire('start', 'ask', 'before')
    .wire('ask', 'gate')
    .wire('gate', 'go')
    .wire('gate.missed', 'late')
    .wire('before', 'place')
    .wire('place', 'after')
    .build()
  const play = new Play(definition)
  play.start()
  return play
}

function arrive(play: Play, step = 'place', gate = 'gate') {
  const { id: token, attempt } = play.token(gate)
  play.ask({ kind: 'node.wait', token, attempt, wait: { kind: 'milestone', step }, why: null })
}

describe('a milestone', () => {
  test('is passed at once while another line stands at its place', () => {
    const play = asked()
    play.complete('before')
    play.complete('ask')
    arrive(play)
    expect(play.places()).toEqual(['place:ready', 'go:ready'])
  })

  test('is waited for while a line may still come there', () => {
    const play = asked()
    play.complete('ask')
    arrive(play)
    expect(play.places()).toEqual(['before:ready', 'gate:waiting'])
    play.complete('before')
    expect(play.places()).toEqual(['place:ready', 'go:ready'])
  })

  test('is missed when the line has left its place', () => {
    const play = asked()
    play.complete('before')
    play.complete('place')
    play.complete('ask')
    arrive(play)
    expect(play.places()).toEqual(['after:ready', 'late:ready'])
  })

  test('is missed when the line ends without coming there', () => {
    const play = asked()
    play.complete('ask')
    arrive(play)
    play.complete('before', null, 'nowhere')
    expect(play.places()).toEqual(['late:ready'])
  })

  test('may still be reached by a line that a person has to mend first', () => {
    const play = asked()
    play.complete('ask')
    arrive(play)
    play.fail('before', true)
    expect(play.places()).toEqual(['before:incident', 'gate:waiting'])
  })
})

test('two lines whose milestones wait for each other do not hang: the older one has missed its place', () => {
  const definition = flow('f')
    .node('start', 'test.event')
    .node('one', 'test.milestone', { step: 'b' })
    .node('two', 'test.milestone', { step: 'a' })
    .node('a', 'test.act')
    .node('b', 'test.act')
    .wire('start', 'one', 'two')
    .wire('one', 'a')
    .wire('two', 'b')
    .build()
  const play = new Play(definition)
  play.start()
  arrive(play, 'b', 'one')
  arrive(play, 'a', 'two')
  expect(play.run?.status).toBe('succeeded')
})

/** The line with the place stands in a group that another line can take away; a further line stands behind the gate's group. */
function taken(inside: 'place' | 'gate'): Play {
  const definition = flow('f')
    .node('start', 'test.event')
    .node('place', 'test.act')
    .node('gate', 'test.milestone', { step: inside === 'gate' ? 'reached' : 'after' })
    .node('after', 'test.act')
    .node('reached', 'test.act')
    .node('go', 'test.act')
    .node('late', 'test.act')
    .node('stop', 'test.act')
    .node('end', 'test.act')
    .group('group', inside === 'place' ? ['place', 'after'] : ['gate'], { cancel: true })
    .wire('start', 'place', 'gate', 'stop')
    .wire('place', inside === 'gate' ? 'reached' : 'after')
    .wire('gate', 'go')
    .wire('gate.missed', 'late')
    .wire('stop', 'group.cancel')
    .wire('group.cancelled', 'end')
    .build()
  const play = new Play(definition)
  play.start()
  arrive(play, inside === 'gate' ? 'reached' : 'after')
  expect(play.places()).toContain('gate:waiting')
  return play
}

describe('a milestone, when lines are taken away', () => {
  test('is missed in the very decision that takes the last line away that could have come to its place', () => {
    const play = taken('place')
    play.complete('stop')
    expect(play.places().toSorted()).toEqual(['end:ready', 'late:ready'])
    play.complete('late')
    play.complete('end')
    expect(play.run?.status).toBe('succeeded')
  })

  test('lets the line go that waits at it, and is not passed when its place is reached afterwards', () => {
    const play = taken('gate')
    play.complete('stop')
    expect(play.places().toSorted()).toEqual(['end:ready', 'place:ready'])
    play.complete('place')
    expect(play.places().toSorted()).toEqual(['end:ready', 'reached:ready'])
  })

  test('holds up neither the cancelling nor the failing of its run', () => {
    const play = taken('place')
    play.ask({ kind: 'run.cancel', reason: 'no longer wanted', by: null })
    expect([play.run?.status, play.places()]).toEqual(['cancelled', []])
    expect(play.effects()).not.toContain('node.run')
  })

  test('is missed when the line at its side is taken away together with what the group goes on to', () => {
    const play = taken('place')
    play.complete('place')
    expect(play.places()).toContain('go:ready')
    play.complete('stop')
    expect(play.places().toSorted()).toEqual(['end:ready', 'go:ready'])
  })
})
