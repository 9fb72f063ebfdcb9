import { disconnect, groupRef, noteRef, type Place, type Ref } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { type BoxMode, boxBetween, combined, foundInBox } from '../gestures/box.ts'
import { stepAt } from '../hit.ts'
import { openMenu } from '../open-menu.ts'
import { isPicture, pointedAt } from '../pointed.ts'
import { swallowClick } from '../swallow-click.ts'
import { meantByPort, reachAt } from './port-reach.ts'

const moveFromPx = 4
const longPressMs = 500
const longPressSlackPx = 10
const noWires: ReadonlySet<string> = new Set()

/** One gesture from press to release. */
interface Gesture {
  move(event: PointerEvent): void
  /** `moved` tells a gesture from a mere press. */
  end(moved: boolean, event: PointerEvent): void
  cancel(): void
}

/**
 * Gestures the drawing engine does not know, or not this way: selection box by direction, cutting wires, panning on top of steps,
 * long press. They listen before the engine does and leave everything else to it.
 */
export function attachPointer(host: HTMLElement, editor: FlowEditor): () => void {
  let spaceIsDown = false
  let rightPress = false

  const begin = (event: PointerEvent): Gesture | null => {
    const target = event.target as Element
    const onPane = target.classList.contains('react-flow__pane')
    const onDrawing = onPane || target.closest('.react-flow__node,.react-flow__edge') !== null
    if (!onDrawing || !event.isPrimary) return null
    if (event.pointerType === 'touch') return longPress(editor, event, refOf(editor, event))
    if (event.button === 2) return onPane ? null : pan(editor, event, refOf(editor, event))
    if (event.button === 0 && spaceIsDown) return onPane ? null : pan(editor, event, undefined)
    if (event.button !== 0 || spaceIsDown || !editor.view.getState().canEdit) return null
    const onStep = target.closest('.react-flow__node') !== null
    if ((event.ctrlKey || event.metaKey) && event.shiftKey && !onStep) return cut(editor, event)
    if (!onPane) return null
    const step = event.shiftKey || event.altKey ? null : stepInPicture(editor, event)
    return step === null ? box(editor, event) : farMove(editor, step, event)
  }

  const onDown = (event: PointerEvent) => {
    editor.view.setState({ hover: null })
    const gesture = begin(event)
    if (gesture === null) return
    rightPress = event.button === 2
    const start = { x: event.clientX, y: event.clientY }
    let moved = false
    const move = (next: PointerEvent) => {
      if (next.pointerId !== event.pointerId) return
      moved ||= Math.hypot(next.clientX - start.x, next.clientY - start.y) >= moveFromPx
      if (moved) gesture.move(next)
    }
    const stop = () => {
      window.removeEventListener('pointermove', move, true)
      window.removeEventListener('pointerup', up, true)
      window.removeEventListener('pointercancel', cancel, true)
      window.removeEventListener('keydown', key, true)
      setTimeout(() => {
        rightPress = false
      }, 50)
    }
    const up = (next: PointerEvent) => {
      if (next.pointerId !== event.pointerId) return
      stop()
      if (moved && event.button === 0 && event.pointerType !== 'touch') swallowClick()
      gesture.end(moved, next)
    }
    const cancel = () => {
      stop()
      gesture.cancel()
    }
    const key = (next: KeyboardEvent) => {
      if (next.key !== 'Escape' || !moved) return
      next.preventDefault()
      next.stopPropagation()
      cancel()
      // The button is still held: its click comes when it is let go, however long that takes.
      window.addEventListener('pointerup', () => swallowClick(), { capture: true, once: true })
    }
    window.addEventListener('pointermove', move, true)
    window.addEventListener('pointerup', up, true)
    window.addEventListener('pointercancel', cancel, true)
    window.addEventListener('keydown', key, true)
  }
  // The press of a mouse reaches the engine by another event; while panning on a step it must not start to drag it.
  const onMouseDown = (event: MouseEvent) => {
    const target = event.target as Element
    const onNode = target.closest('.react-flow__node,.react-flow__edge') !== null
    const isFree = event.button === 0 && !spaceIsDown && editor.view.getState().canEdit
    const port = isFree ? meantByPort(event) : null
    const end = isFree ? (endOfChosen(editor, host, port ?? target) ?? port) : null
    if (end !== null || (onNode && event.button === 0 && spaceIsDown)) event.stopPropagation()
    end?.dispatchEvent(new MouseEvent(event.type, event))
  }
  const onMenu = (event: MouseEvent) => {
    if (!rightPress) return
    event.preventDefault()
    event.stopPropagation()
  }
  const isText = (target: EventTarget | null) =>
    target instanceof Element && target.closest('input,textarea,[contenteditable=true]') !== null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.code === 'Space' && !isText(event.target)) spaceIsDown = true
  }
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.code === 'Space') spaceIsDown = false
  }
  const onBlur = () => {
    spaceIsDown = false
  }
  const onTouch = () =>
    void import('../gestures/pinch.ts').then(
      ({ attachPinch }) => attachPinch(host),
      () => undefined,
    )
  // Where there are fingers it is there before them: the first two are meant as well.
  if (navigator.maxTouchPoints > 0) onTouch()
  host.addEventListener('touchstart', onTouch, { once: true, passive: true, capture: true })
  host.addEventListener('pointerdown', onDown, true)
  host.addEventListener('mousedown', onMouseDown, true)
  // Once the view rests: while it moves nobody aims, and no card is gone through for it.
  const reach = ({ zoom }: { readonly zoom: number }) => {
    const next = reachAt(zoom)
    if (host.dataset.reach !== next) host.dataset.reach = next
  }
  reach(editor.view.getState())
  const letGo = editor.view.subscribe(reach)
  host.addEventListener('contextmenu', onMenu, true)
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('keyup', onKeyUp, true)
  window.addEventListener('blur', onBlur)
  return () => {
    host.removeEventListener('pointerdown', onDown, true)
    letGo()
    host.removeEventListener('mousedown', onMouseDown, true)
    host.removeEventListener('contextmenu', onMenu, true)
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('keyup', onKeyUp, true)
    window.removeEventListener('blur', onBlur)
  }
}

function refOf(editor: FlowEditor, event: PointerEvent): Ref | null {
  const target = event.target as Element
  const pointed = pointedAt(editor, event)
  if (pointed !== null) return pointed
  const group = target.closest<HTMLElement>('[data-group-id]')?.dataset.groupId
  if (group !== undefined) return groupRef(group)
  const note = target.closest<HTMLElement>('[data-note-id]')?.dataset.noteId
  if (note !== undefined) return noteRef(note)
  return null
}

/** On a port where the one chosen wire ends, the hand means the wire's end. */
function endOfChosen({ flow }: FlowEditor, host: HTMLElement, target: Element): Element | null {
  const { doc, selection } = flow.getState()
  const [ref = ''] = selection
  const edge = selection.size === 1 ? doc.edges.get(ref) : undefined
  const { portStep, port, portSide } = target.closest<HTMLElement>('[data-port-step]')?.dataset ?? {}
  const side = portSide === 'in' ? 'to' : 'from'
  if (edge?.[side].node !== portStep || edge?.[side].port !== port) return null
  const name = side === 'to' ? 'target' : 'source'
  return host.querySelector(`.react-flow__edge[data-id="${CSS.escape(ref)}"] .react-flow__edgeupdater-${name}`)
}

/** From far away a large flow is one picture. */
function stepInPicture(editor: FlowEditor, event: PointerEvent): string | null {
  const { flow, catalogue, surface } = editor
  const at = surface.current?.toFlow(event.clientX, event.clientY)
  return at === undefined || !isPicture(editor) ? null : stepAt(flow.getState().doc, catalogue, at)
}

/** What moves in the picture; fetched ahead with the first touch of a flow (`warmQuickParts`). */
function farMove(editor: FlowEditor, step: string, start: PointerEvent): Gesture {
  let gesture: Omit<Gesture, 'end'> & { end(): void } = { move() {}, end() {}, cancel() {} }
  const part = import('../gestures/begin-far-move.ts').then(({ beginFarMove }) => {
    gesture = beginFarMove(editor, step, start)
  }, ignore)
  return {
    move: (event) => gesture.move(event),
    end: () => void part.then(() => gesture.end()),
    cancel: () => void part.then(() => gesture.cancel()),
  }
}

/** `ref` given: a press without movement opens its menu. */
function pan(editor: FlowEditor, start: PointerEvent, ref: Ref | null | undefined): Gesture {
  let { clientX: x, clientY: y } = start
  return {
    move(event) {
      editor.surface.current?.panBy(event.clientX - x, event.clientY - y)
      x = event.clientX
      y = event.clientY
    },
    end(moved, event) {
      if (!moved && ref !== undefined) openMenu(editor, event, ref)
    },
    cancel() {},
  }
}

function longPress(editor: FlowEditor, start: PointerEvent, ref: Ref | null): Gesture {
  let isMeant = true
  const timer = setTimeout(() => {
    if (isMeant) openMenu(editor, start, ref)
  }, longPressMs)
  const stop = () => {
    isMeant = false
    clearTimeout(timer)
  }
  return {
    move(event) {
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > longPressSlackPx) stop()
    },
    end: stop,
    cancel: stop,
  }
}

function box(editor: FlowEditor, start: PointerEvent): Gesture {
  const { flow, view, surface, catalogue } = editor
  const before = flow.getState().selection
  const mode: BoxMode = start.altKey ? 'remove' : start.shiftKey ? 'add' : 'replace'
  const from = { x: start.clientX, y: start.clientY }
  const origin = surface.current?.toFlow(from.x, from.y) ?? from
  const done = () => view.setState({ stroke: null })
  return {
    move(event) {
      const to = { x: event.clientX, y: event.clientY }
      const touching = to.x < from.x
      view.setState({ stroke: { kind: 'box', from, to, touching } })
      const here = surface.current?.toFlow(to.x, to.y)
      if (here === undefined) return
      flow.select(combined(before, foundInBox(flow.getState().doc, catalogue, boxBetween(origin, here), touching), mode))
    },
    end: done,
    cancel() {
      done()
      flow.select(before)
    },
  }
}

function cut(editor: FlowEditor, start: PointerEvent): Gesture {
  const { flow, view, surface, catalogue } = editor
  let points: readonly Place[] = [{ x: start.clientX, y: start.clientY }]
  let isOver = false
  const crossed = new Set<string>()
  // Fetched ahead with the first touch of a flow (`warmQuickParts`).
  const part = import('../gestures/cut.ts')
  const done = () => {
    isOver = true
    view.setState({ stroke: null, cutting: noWires })
  }
  return {
    move(event) {
      const last = points.at(-1)
      const to = { x: event.clientX, y: event.clientY }
      const here = surface.current?.toFlow(to.x, to.y)
      const there = last === undefined ? undefined : surface.current?.toFlow(last.x, last.y)
      if (here === undefined || there === undefined) return
      points = [...points, to].slice(-400)
      view.setState({ stroke: { kind: 'cut', points } })
      void part.then(({ crossedBy }) => {
        for (const id of crossedBy(flow.getState().doc, catalogue, there, here)) crossed.add(id)
        if (!isOver) view.setState({ cutting: new Set(crossed) })
      }, ignore)
    },
    end() {
      done()
      void part.then(() => crossed.size > 0 && disconnect(flow, [...crossed], 'cut-wires'), ignore)
    },
    cancel: done,
  }
}

/** Without a network a part that is not here yet does not come. */
function ignore(): void {}
