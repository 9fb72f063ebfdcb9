import type { Command } from '../app/commands/index.ts'
import { type MessageId, translate } from '../app/i18n/index.ts'
import { announce } from '../app/shell/announce.ts'
import {
  addNote,
  bestOutput,
  detach,
  downstream,
  duplicate,
  groupSteps,
  nudge,
  refTarget,
  removeItems,
  toggleDisabled,
  toggleFolded,
  ungroup,
  wiringOf,
} from '../doc/index.ts'
import { toast } from '../ui/index.ts'
import { canTest } from './can-test.ts'
import { copySelection, cutSelection, pasteFromMenu } from './clipboard-io.ts'
import type { FlowEditor } from './flow-editor.ts'
import { openMenu } from './open-menu.ts'
import { togglePausePoints } from './pause-points.ts'
import { inspecting, simulating } from './view-store.ts'
import { type Direction, neighbour, readingOrder } from './walk.ts'

type Name = Extract<MessageId, `canvas.command.${string}`> extends `canvas.command.${infer Rest}` ? Rest : never

/** Everything that can be done on the canvas. Toolbar, menus, palette, shortcut sheet and tests read this list. */
export function canvasCommands(editor: FlowEditor): readonly Command[] {
  const { flow, catalogue, view, surface } = editor
  const canEdit = () => view.getState().canEdit
  const canPublish = () => canEdit() && view.getState().canPublish
  const selection = () => flow.getState().selection
  const steps = () => [...selection()].filter((ref) => flow.getState().doc.nodes.has(ref))
  const hasSelection = () => canEdit() && selection().size > 0
  const hasSteps = () => canEdit() && steps().length > 0
  const one = () => {
    const { active } = view.getState()
    const chosen = steps()
    return chosen.length === 1 ? chosen[0] : active !== null && flow.getState().doc.nodes.has(active) ? active : undefined
  }

  const command = (name: Name, keys: readonly string[], run: Command['run'], more: Partial<Command> = {}): Command => ({
    id: `canvas.${name}`,
    title: () => translate(`canvas.command.${name}` as MessageId),
    keys,
    scope: 'canvas',
    run,
    ...more,
  })
  const edit = (name: Name, keys: readonly string[], run: Command['run'], when: () => boolean = canEdit): Command =>
    command(name, keys, run, { when })

  /** The same command again goes back to the followed run. */
  const showLive = (mode: 'all' | 'day') => view.setState({ live: view.getState().live === mode ? 'run' : mode })

  function removeSelected(keepChain: boolean): void {
    const before = flow.getState()
    const next = [...before.selection]
      .map((ref) => neighbour(before.doc, catalogue, ref, 'left'))
      .find((id) => id !== null && !before.selection.has(id))
    removeItems(flow, catalogue, before.selection, { keepChain })
    // Focus is never lost: it goes to what led here.
    const { doc } = flow.getState()
    view.setState({ active: next !== undefined && next !== null && doc.nodes.has(next) ? next : ([...doc.nodes.keys()][0] ?? null) })
    announce(translate('canvas.say.removed', { count: before.selection.size }))
    surface.current?.focus()
  }

  /** Tells how many were taken, for those who do not see it. */
  function take(refs: Iterable<string>): void {
    flow.select(refs)
    announce(translate('canvas.say.selected', { count: selection().size }))
  }

  function walk(direction: Direction): void {
    const { doc } = flow.getState()
    const { active } = view.getState()
    const from = active !== null && doc.nodes.has(active) ? active : undefined
    const next = from === undefined ? readingOrder(doc)[0] : neighbour(doc, catalogue, from, direction)
    if (next === undefined || next === null) return
    flow.select([next])
    view.setState({ active: next })
    surface.current?.reveal(next)
  }

  async function tidying(only?: ReadonlySet<string>): Promise<boolean> {
    const { tidy } = await import('./tidy/tidy.ts')
    return tidy(flow, catalogue, only)
  }

  function history(way: 'undo' | 'redo'): void {
    const entry = flow[way]()
    if (entry === null) return
    const what = translate(entry.label.id as MessageId, entry.label.values)
    if (entry.overtaken === true) {
      toast({ tone: 'info', title: translate('canvas.say.overtaken', { what }) })
      return
    }
    announce(translate(`canvas.say.${way}`, { what }))
  }

  const move = (name: Name, keys: string, dx: number, dy: number): Command =>
    command(name, [`Alt+${keys}`], () => nudge(flow, selection(), dx, dy), { when: hasSelection, notInPalette: true })
  const far = (name: Name, keys: string, dx: number, dy: number): Command =>
    command(name, [`Alt+Shift+${keys}`], () => nudge(flow, selection(), dx, dy), { when: hasSelection, notInPalette: true })
  const arrow = (name: Name, keys: string, direction: Direction): Command =>
    command(name, [keys], () => walk(direction), { notInPalette: true })

  return [
    edit('quick-add', ['A', 'Tab'], () => {
      const id = one()
      const { doc } = flow.getState()
      const step = id === undefined ? undefined : doc.nodes.get(id)
      const wire = [...selection()].find((ref) => doc.edges.has(ref))
      const port = step === undefined ? undefined : freeOutput(editor, step.id)
      const at =
        id !== undefined && port !== undefined
          ? surface.current?.toScreen({ x: (step?.at?.[0] ?? 0) + 240, y: step?.at?.[1] ?? 0 })
          : undefined
      const center = surface.current?.toScreen(surface.current.center()) ?? { x: 400, y: 300 }
      const place = at ?? { x: center.x - 160, y: center.y - 120 }
      const free = surface.current?.center()
      view.setState({
        quickAdd: {
          ...place,
          ...(id !== undefined && port !== undefined
            ? { from: { node: id, port } }
            : wire !== undefined
              ? { into: wire }
              : doc.nodes.size === 0 && free !== undefined
                ? { at: { x: free.x - 240, y: free.y - 42 } }
                : {}),
        },
      })
    }),
    edit(
      'undo',
      ['Mod+Z'],
      () => history('undo'),
      () => canEdit() && flow.getState().history.undo.length > 0,
    ),
    edit(
      'redo',
      ['Mod+Shift+Z', 'Mod+Y'],
      () => history('redo'),
      () => canEdit() && flow.getState().history.redo.length > 0,
    ),
    command('copy', ['Mod+C'], () => copySelection(editor), { when: () => selection().size > 0 }),
    edit('cut', ['Mod+X'], () => cutSelection(editor), hasSelection),
    // By key the browser's own paste event brings the text without asking for permission; the canvas listens to it.
    edit(
      'paste',
      ['Mod+V'],
      () => void pasteFromMenu(editor),
      () => canEdit() && !(window.event instanceof KeyboardEvent),
    ),
    edit(
      'paste-wired',
      ['Mod+Shift+V'],
      () => void pasteFromMenu(editor, undefined, { keepIncoming: true }),
      () => canEdit() && !(window.event instanceof KeyboardEvent),
    ),
    edit('duplicate', ['Mod+D'], () => void duplicate(flow, selection()), hasSelection),
    edit('delete', ['Delete', 'Backspace'], () => removeSelected(true), hasSelection),
    edit('delete-gap', ['Shift+Delete', 'Shift+Backspace'], () => removeSelected(false), hasSelection),
    command('select-all', ['Mod+A'], () => {
      const { doc } = flow.getState()
      take([...doc.nodes.keys(), ...[...doc.notes.keys()].map((id) => `note:${id}`), ...[...doc.groups.keys()].map((id) => `group:${id}`)])
    }),
    command('select-downstream', ['Alt+]'], () => take(steps().flatMap((id) => [...downstream(flow.getState().doc, id)])), {
      when: () => steps().length > 0,
    }),
    command('select-upstream', ['Alt+['], () => take(steps().flatMap((id) => [...upstream(editor, id)])), {
      when: () => steps().length > 0,
    }),
    edit('group', ['Mod+G'], () => void groupSteps(flow, catalogue, steps()), hasSteps),
    edit(
      'ungroup',
      ['Mod+Shift+G'],
      () => void ungroup(flow, groupsOf(editor)),
      () => canEdit() && groupsOf(editor).length > 0,
    ),
    edit(
      'fold',
      ['G'],
      () => void toggleFolded(flow, groupsOf(editor)),
      () => canEdit() && groupsOf(editor).length > 0,
    ),
    edit('extract', [], () => view.setState({ confirm: 'extract' }), hasSteps),
    edit(
      'inline',
      [],
      () => void import('./structure.ts').then(({ inlineCall }) => inlineCall(editor, one() ?? '')),
      () => canEdit() && flow.getState().doc.nodes.get(one() ?? '')?.type === 'core.call',
    ),
    edit('detach', ['Shift+D'], () => void detach(flow, catalogue, steps()), hasSteps),
    edit('note', ['N'], () => void addNote(flow, view.getState().pointer ?? surface.current?.center() ?? { x: 0, y: 0 })),
    edit(
      'rename',
      ['F2'],
      () => view.setState({ renaming: one() ?? null }),
      () => canEdit() && one() !== undefined,
    ),
    edit('disable', ['D'], () => toggleDisabled(flow, steps()), hasSteps),
    edit(
      'pause',
      ['B'],
      () => {
        const set = togglePausePoints(view, steps())
        announce(translate(set ? 'canvas.say.pause.on' : 'canvas.say.pause.off'))
      },
      hasSteps,
    ),
    edit('pin', ['P'], () => void import('../inspect/data/pin-output.ts').then(({ togglePin }) => togglePin(editor, steps())), hasSteps),
    edit(
      'wire',
      ['W'],
      () => view.setState({ wireMode: { step: one() ?? '', port: null } }),
      () => canEdit() && one() !== undefined,
    ),
    edit('tidy', ['L'], () => void tidying().then((moved) => moved && surface.current?.fit())),
    edit(
      'tidy-selection',
      ['Shift+L'],
      () => void tidying(new Set(steps())),
      () => canEdit() && steps().length > 1,
    ),
    command(
      'edit',
      ['Enter'],
      () => {
        const id = one()
        if (id !== undefined) flow.select([id])
        view.setState({ ...inspecting, jump: id === undefined ? null : { node: id, path: '' } })
      },
      { title: () => translate(canEdit() ? 'canvas.command.edit' : 'canvas.look') },
    ),
    arrow('walk-left', 'ArrowLeft', 'left'),
    arrow('walk-right', 'ArrowRight', 'right'),
    arrow('walk-up', 'ArrowUp', 'up'),
    arrow('walk-down', 'ArrowDown', 'down'),
    move('move-left', 'ArrowLeft', -8, 0),
    move('move-right', 'ArrowRight', 8, 0),
    move('move-up', 'ArrowUp', 0, -8),
    move('move-down', 'ArrowDown', 0, 8),
    far('move-far-left', 'ArrowLeft', -64, 0),
    far('move-far-right', 'ArrowRight', 64, 0),
    far('move-far-up', 'ArrowUp', 0, -64),
    far('move-far-down', 'ArrowDown', 0, 64),
    command('fit', ['1'], () => surface.current?.fit()),
    command('fit-selection', ['2'], () => surface.current?.fit(selection()), { when: () => selection().size > 0 }),
    command('zoom-100', ['0'], () => surface.current?.zoomTo(1)),
    command('zoom-in', ['+', '='], () => surface.current?.zoomBy(1.25)),
    command('zoom-out', ['-'], () => surface.current?.zoomBy(0.8)),
    command('outline', ['O'], () => view.setState({ outlineOpen: !view.getState().outlineOpen })),
    command('map', ['Shift+M'], () => view.setState({ mapOpen: !view.getState().mapOpen })),
    command('live-all', ['Shift+A'], () => showLive('all')),
    command('live-day', ['Shift+T'], () => showLive('day')),
    command('find', ['/'], () => view.setState({ confirm: 'find' })),
    command('palette', ['['], () => view.setState({ paletteOpen: !view.getState().paletteOpen })),
    command('inspector', [']'], () => {
      const { inspectorOpen, simulateOpen, simulateBehind } = view.getState()
      view.setState(simulateOpen && !simulateBehind ? inspecting : { inspectorOpen: !inspectorOpen })
    }),
    command('problems', ['Shift+P'], () => view.setState({ drawer: view.getState().drawer === 'problems' ? null : 'problems' })),
    command('runs', ['Shift+R'], () => view.setState({ drawer: view.getState().drawer === 'runs' ? null : 'runs' })),
    command('versions', ['Shift+V'], () => view.setState({ drawer: view.getState().drawer === 'versions' ? null : 'versions' })),
    command('comment', ['M'], () => void import('../together/comments/begin.ts').then(({ beginComment }) => beginComment(editor))),
    command('comments', ['Shift+C'], () => view.setState({ drawer: view.getState().drawer === 'comments' ? null : 'comments' })),
    command('history', ['Shift+H'], () => view.setState({ drawer: view.getState().drawer === 'history' ? null : 'history' })),
    command('menu', ['Shift+F10', 'ContextMenu'], () => menuOf(editor, one()), { notInPalette: true }),
    command('test', ['Mod+Enter'], () => view.setState({ confirm: 'run' }), { inText: true, when: () => view.getState().canRun }),
    edit(
      'test-step',
      ['Shift+Enter'],
      () => view.setState({ inspectorOpen: true, simulateOpen: false, inspectorTab: 'test', testAsked: one() ?? null }),
      () => canEdit() && canTest(catalogue, flow.getState().doc.nodes.get(one() ?? '')),
    ),
    edit('simulate', ['Shift+S'], () => {
      const { simulateOpen, simulateBehind } = view.getState()
      view.setState(simulateOpen && !simulateBehind ? { simulateOpen: false } : simulating)
    }),
    edit('publish', ['Mod+Shift+Enter'], () => view.setState({ confirm: 'publish' }), canPublish),
    edit('replay', [], () => view.setState({ confirm: 'replay' }), canPublish),
    edit('checkpoint', ['Mod+S'], () => view.setState({ confirm: 'checkpoint' })),
    edit('save', [], () => void editor.saving?.flush().then(() => toast({ tone: 'ok', title: translate('app.saved') }))),
    command('escape', ['Escape'], () => stepBack(editor), { notInPalette: true }),
  ]
}

/** The menu where the step is, for those who came without a pointer. */
function menuOf(editor: FlowEditor, step: string | undefined): void {
  const { surface, flow } = editor
  const [x, y] = (step === undefined ? undefined : flow.getState().doc.nodes.get(step)?.at) ?? []
  const place = x === undefined || y === undefined ? surface.current?.center() : { x: x + 40, y: y + 40 }
  const at = place === undefined ? undefined : surface.current?.toScreen(place)
  if (at !== undefined) openMenu(editor, { clientX: at.x, clientY: at.y }, step ?? null)
}

/** One level back, always: what floats, then the wire mode, then the selection, then the run shown. */
function stepBack({ view, flow, runs, surface }: FlowEditor): void {
  const { menu, quickAdd, wireMode, confirm, outlineOpen } = view.getState()
  if (menu !== null || quickAdd !== null || wireMode !== null || confirm === 'find')
    view.setState({ menu: null, quickAdd: null, wireMode: null, confirm: null })
  else if (flow.getState().selection.size > 0) flow.select([])
  else if (runs.getState().followed !== null) runs.follow(null)
  else if (outlineOpen) view.setState({ outlineOpen: false })
  surface.current?.focus()
}

function groupsOf({ flow }: FlowEditor): readonly string[] {
  return [...flow.getState().selection].map(refTarget).flatMap((target) => (target.in === 'groups' ? [target.id] : []))
}

function upstream({ flow }: FlowEditor, from: string): ReadonlySet<string> {
  const { into } = wiringOf(flow.getState().doc.edges)
  const found = new Set<string>()
  const queue = [from]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue
    found.add(id)
    queue.push(...(into.get(id) ?? []).map((edge) => edge.from.node))
  }
  return found
}

function freeOutput({ flow, catalogue }: FlowEditor, id: string): string | undefined {
  const { doc } = flow.getState()
  const step = doc.nodes.get(id)
  return step === undefined ? undefined : (bestOutput(doc, step, catalogue) ?? undefined)
}
