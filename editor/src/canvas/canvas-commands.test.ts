import { beforeEach, expect, test } from 'vitest'
import { mayAct } from '../app/commands/keyboard.ts'
import { matches, parseKeys } from '../app/commands/keys.ts'
import { createFlowStore, createProblemStore, emptyFlow, fromFile } from '../doc/index.ts'
import { toyCatalogue as catalogue } from '../doc/testing/toy-catalogue.ts'
import { createRunStore } from '../run/run-store.ts'
import { canvasCommands } from './canvas-commands.ts'
import type { FlowEditor, Surface } from './flow-editor.ts'
import { createViewStore } from './view-store.ts'

let editor: FlowEditor
const act = (name: string) =>
  canvasCommands(editor)
    .find((command) => command.id === `canvas.${name}`)
    ?.run('keys')
const mayRun = (name: string) =>
  canvasCommands(editor)
    .find((command) => command.id === `canvas.${name}`)
    ?.when?.() !== false
const ids = () => [...editor.flow.getState().doc.nodes.keys()]

beforeEach(() => {
  editor = {
    flow: createFlowStore(
      fromFile({
        ...emptyFlow('chain', 'Chain'),
        nodes: [
          { id: 'start', type: 'toy.start', at: [0, 0] },
          { id: 'middle', type: 'toy.step', at: [312, 0] },
          { id: 'end', type: 'toy.step', at: [624, 0] },
        ],
        edges: [
          { from: 'start.out', to: 'middle.in' },
          { from: 'middle.out', to: 'end.in' },
        ],
      }),
    ),
    catalogue,
    view: createViewStore(),
    runs: createRunStore(() => []),
    problems: createProblemStore(),
    saving: null,
    past: null,
    surface: { current: null },
  }
})

test('no two commands of the canvas share a key', () => {
  const seen = new Map<string, string>()
  for (const command of canvasCommands(editor)) {
    for (const keys of command.keys ?? []) {
      expect(seen.get(keys), `${keys} of ${command.id}`).toBeUndefined()
      seen.set(keys, command.id)
    }
  }
})

test('single letters act on the canvas only, never in a text field', () => {
  const wire = canvasCommands(editor).find((command) => command.id === 'canvas.wire')
  if (wire === undefined) throw new Error('no wire command')
  expect(mayAct(wire, 'W', { isText: false, isOverlay: false, scopes: ['canvas'] })).toBe(true)
  expect(mayAct(wire, 'W', { isText: true, isOverlay: false, scopes: ['canvas'] })).toBe(false)
  expect(mayAct(wire, 'W', { isText: false, isOverlay: false, scopes: [] })).toBe(false)
  const key = { key: 'w', code: 'KeyW', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
  expect(matches(parseKeys('W'), key, false)).toBe(true)
  expect(matches(parseKeys('W'), { ...key, ctrlKey: true }, false)).toBe(false)
})

test('arrows walk, and what is walked to is selected', () => {
  act('walk-right')
  expect(editor.view.getState().active).toBe('start')
  act('walk-right')
  act('walk-right')
  expect([...editor.flow.getState().selection]).toEqual(['end'])
})

test('removing by key closes the chain, keeps a place for the focus, and can be undone', () => {
  editor.flow.select(['middle'])
  act('delete')
  expect([...editor.flow.getState().doc.edges.keys()]).toEqual(['start.out>end.in'])
  expect(editor.view.getState().active).toBe('start')
  act('undo')
  expect(ids()).toEqual(['start', 'middle', 'end'])
  act('redo')
  expect(ids()).toEqual(['start', 'end'])
})

test('a viewer may walk and look, not change', () => {
  editor.view.setState({ canEdit: false })
  editor.flow.select(['middle'])
  for (const name of ['delete', 'undo', 'duplicate', 'wire', 'rename', 'tidy', 'publish', 'cut']) expect(mayRun(name), name).toBe(false)
  expect(mayRun('walk-right')).toBe(true)
  expect(mayRun('copy')).toBe(true)
})

test('whoever may not publish or start runs has no such command, whatever else they may change', () => {
  editor.view.setState({ canPublish: false, active: 'middle' })
  expect([mayRun('publish'), mayRun('replay'), mayRun('rename'), mayRun('test')]).toEqual([false, false, true, true])
  editor.view.setState({ canPublish: true, canRun: false })
  expect([mayRun('publish'), mayRun('test')]).toEqual([true, false])
  editor.view.setState({ canEdit: false })
  expect(mayRun('publish')).toBe(false)
})

test('Escape goes back one level at a time', () => {
  editor.flow.select(['middle'])
  editor.view.setState({ wireMode: { step: 'middle', port: null } })
  act('escape')
  expect(editor.view.getState().wireMode).toBeNull()
  expect(editor.flow.getState().selection.size).toBe(1)
  act('escape')
  expect(editor.flow.getState().selection.size).toBe(0)
})

test('downstream and upstream are selected along the wires', () => {
  editor.flow.select(['middle'])
  act('select-downstream')
  expect([...editor.flow.getState().selection]).toEqual(['middle', 'end'])
  editor.flow.select(['middle'])
  act('select-upstream')
  expect([...editor.flow.getState().selection]).toEqual(['middle', 'start'])
})

test('a held nudge key is one entry', () => {
  editor.flow.select(['middle'])
  act('move-right')
  act('move-right')
  expect(editor.flow.getState().doc.nodes.get('middle')?.at).toEqual([328, 0])
  expect(editor.flow.getState().history.undo).toHaveLength(1)
})

/** Does what stands on these keys, as they are printed. */
const press = (keys: string) =>
  canvasCommands(editor)
    .find((command) => command.keys?.includes(keys))
    ?.run('keys')

test.each([
  ['Alt+ArrowLeft', -8, 0],
  ['Alt+ArrowRight', 8, 0],
  ['Alt+ArrowUp', 0, -8],
  ['Alt+ArrowDown', 0, 8],
  ['Alt+Shift+ArrowLeft', -64, 0],
  ['Alt+Shift+ArrowRight', 64, 0],
  ['Alt+Shift+ArrowUp', 0, -64],
  ['Alt+Shift+ArrowDown', 0, 64],
])('%s moves what is selected by %d and %d', (keys, dx, dy) => {
  editor.flow.select(['middle'])
  press(keys)
  expect(editor.flow.getState().doc.nodes.get('middle')?.at).toEqual([312 + dx, dy])
})

test.each([
  ['[', 'paletteOpen'],
  [']', 'inspectorOpen'],
  ['O', 'outlineOpen'],
  ['Shift+M', 'mapOpen'],
  ['Shift+S', 'simulateOpen'],
] as const)('%s opens and closes its panel: %s', (keys, panel) => {
  const before = editor.view.getState()
  press(keys)
  expect(editor.view.getState()).toEqual({ ...before, [panel]: !before[panel] })
  press(keys)
  expect(editor.view.getState()).toEqual(before)
})

test('what is set up while a simulation is open stands before it, and the simulation comes back as it was', () => {
  const inSight = () => {
    const { simulateOpen, simulateBehind, inspectorOpen } = editor.view.getState()
    return simulateOpen && !simulateBehind ? 'simulator' : inspectorOpen ? 'inspector' : 'nothing'
  }
  press('Shift+S')
  expect(inSight()).toBe('simulator')
  editor.flow.select(['middle'])
  press('Enter')
  expect(inSight()).toBe('inspector')
  expect(editor.view.getState()).toMatchObject({ simulateOpen: true, jump: { node: 'middle', path: '' } })
  press('Shift+S')
  expect(inSight()).toBe('simulator')
  press(']')
  expect(inSight()).toBe('inspector')
  press(']')
  expect(inSight()).toBe('nothing')
})

test.each([
  ['Shift+P', 'problems'],
  ['Shift+R', 'runs'],
  ['Shift+V', 'versions'],
  ['Shift+C', 'comments'],
  ['Shift+H', 'history'],
] as const)('%s opens the drawer of %s and closes it again', (keys, drawer) => {
  press(keys)
  expect(editor.view.getState().drawer).toBe(drawer)
  press(keys)
  expect(editor.view.getState().drawer).toBeNull()
})

test.each([
  ['Mod+Enter', 'run'],
  ['Mod+Shift+Enter', 'publish'],
  ['Mod+S', 'checkpoint'],
  ['/', 'find'],
] as const)('%s asks for %s', (keys, confirm) => {
  press(keys)
  expect(editor.view.getState().confirm).toBe(confirm)
})

test.each([
  ['1', 'fit', undefined],
  ['2', 'fit', new Set(['middle'])],
  ['0', 'zoomTo', 1],
  ['+', 'zoomBy', 1.25],
  ['=', 'zoomBy', 1.25],
  ['-', 'zoomBy', 0.8],
] as const)('%s moves the view: %s %s', (keys, act, by) => {
  const asked: unknown[] = []
  const noted = (name: string) => (value?: unknown) => asked.push([name, value])
  const surface = { fit: noted('fit'), zoomTo: noted('zoomTo'), zoomBy: noted('zoomBy') } as unknown as Surface
  editor = { ...editor, surface: { current: surface } }
  editor.flow.select(['middle'])
  press(keys)
  expect(asked).toEqual([[act, by]])
})

test('D disables and enables again, Mod+D duplicates, Shift+D takes out of the chain', () => {
  editor.flow.select(['middle'])
  press('D')
  expect(editor.flow.getState().doc.nodes.get('middle')?.disabled).toBe(true)
  press('D')
  expect(editor.flow.getState().doc.nodes.get('middle')?.disabled ?? false).toBe(false)
  press('Shift+D')
  expect([...editor.flow.getState().doc.edges.keys()]).toEqual(['start.out>end.in'])
  expect(ids()).toEqual(['start', 'middle', 'end'])
  press('Mod+D')
  expect(ids()).toHaveLength(4)
})

test('F2 names, W wires, B stops before the step that is chosen', () => {
  editor.flow.select(['middle'])
  press('F2')
  expect(editor.view.getState().renaming).toBe('middle')
  press('W')
  expect(editor.view.getState().wireMode).toEqual({ step: 'middle', port: null })
  press('B')
  expect([...editor.view.getState().pausePoints]).toEqual(['middle'])
  press('B')
  expect([...editor.view.getState().pausePoints]).toEqual([])
})
