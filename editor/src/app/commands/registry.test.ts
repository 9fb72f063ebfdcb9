import { afterEach, expect, test, vi } from 'vitest'
import { mayAct, type Place } from './keyboard.ts'
import { type Command, listCommands, registerCommands, runCommand, useRegistry } from './registry.ts'

const anywhere: Place = { isText: false, isOverlay: false, scopes: [] }
function command(more: Partial<Command> = {}): Command {
  return { id: 'test.one', title: () => 'One', scope: 'app', run: () => {}, ...more }
}

afterEach(() => useRegistry.setState({ commands: [] }))

test('single letters act only with the focus on their scope', () => {
  const tidy = command({ scope: 'canvas' })
  expect(mayAct(tidy, 'L', anywhere)).toBe(false)
  expect(mayAct(tidy, 'L', { ...anywhere, scopes: ['canvas'] })).toBe(true)
  expect(mayAct(tidy, 'Mod+Z', anywhere)).toBe(true)
})

test('nothing acts while typing unless it says so', () => {
  const typing = { ...anywhere, isText: true }
  expect(mayAct(command(), 'N', typing)).toBe(false)
  expect(mayAct(command(), 'Mod+Z', typing)).toBe(false)
  expect(mayAct(command({ inText: true }), 'Mod+S', typing)).toBe(true)
})

test('an open dialog keeps keys to itself', () => {
  const dialog = { ...anywhere, isOverlay: true }
  expect(mayAct(command({ inText: true }), 'Mod+S', dialog)).toBe(false)
  expect(mayAct(command({ inDialog: true }), 'Mod+K', dialog)).toBe(true)
})

test('the command registered last covers the earlier one until it goes', () => {
  const first = vi.fn()
  const second = vi.fn()
  registerCommands([command({ run: first })])
  const remove = registerCommands([command({ run: second })])
  runCommand('test.one')
  remove()
  runCommand('test.one')
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1])
  expect(listCommands()).toHaveLength(1)
})

test('a command that cannot run now says so instead of running', () => {
  const run = vi.fn()
  registerCommands([command({ when: () => false, run })])
  expect(runCommand('test.one')).toBe(false)
  expect(runCommand('test.unknown')).toBe(false)
  expect(run).not.toHaveBeenCalled()
})
