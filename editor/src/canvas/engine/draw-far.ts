import type { Problem, Text } from '@sluice/flows'
import {
  type Box,
  boxOf,
  type Catalogue,
  type FlowDocument,
  foldedIn,
  groupBox,
  groupRef,
  noteBox,
  noteRef,
  type Ref,
  type Selection,
  type Step,
  type Wire,
  wiresInto,
  wiresOut,
} from '../../doc/index.ts'
import type { StepStatus } from '../../run/picture.ts'
import { cornersOf } from '../back-wire.ts'
import { bendOf, straightBelow } from '../hit.ts'
import { lanesOf, leavesBelow } from '../lanes.ts'
import { faceOf, titleOf } from '../step-facts.ts'
import type { FarMark, Overlay } from '../view-store.ts'
import { type WirePlace, wireEnds, wirePlaces } from '../wire-places.ts'

/** Colours of the page as a 2D context needs them. */
export type Ink = Readonly<Record<(typeof tokens)[number], string>>
const tokens = [
  'canvas',
  'raised',
  'line',
  'line-strong',
  'ink',
  'muted',
  'accent',
  'run',
  'wait',
  'human',
  'ok',
  'error',
  'consent',
  'act',
] as const

export function readInk(element: Element): Ink {
  const style = getComputedStyle(element)
  return Object.fromEntries(tokens.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Ink
}

const tones: Readonly<Record<string, keyof Ink>> = {
  trigger: 'accent',
  consent: 'consent',
  decide: 'wait',
  people: 'human',
  ai: 'human',
  message: 'run',
  crm: 'ok',
}
const states = { running: 'run', waiting: 'wait', person: 'human', done: 'ok', failed: 'error', blocked: 'consent' } as const

export interface FarPicture {
  readonly doc: FlowDocument
  readonly selection: Selection
  /** Wire the pointer means. */
  readonly pointed: string | null
  readonly catalogue: Catalogue
  readonly steps: ReadonlyMap<string, StepStatus> | null
  /** Instead of one run: what is said of all of them, and how it is drawn. */
  readonly marks: { readonly of: ReadonlyMap<string, FarMark>; readonly draw: Overlay['draw'] } | null
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  readonly say: (text: Text) => string
  readonly ink: Ink
  /** Only these and their wires, or all but these; null draws everything. */
  readonly part: { readonly refs: ReadonlySet<Ref>; readonly isIn: boolean } | null
  readonly view: {
    readonly x: number
    readonly y: number
    readonly zoom: number
    readonly width: number
    readonly height: number
    readonly ratio: number
  }
}

/** Titles below this zoom would be smaller than a pixel font can be; shapes alone are left. */
const titlesFrom = straightBelow
const titleCharsMax = 17

export function drawFar(context: CanvasRenderingContext2D, picture: FarPicture): void {
  const { doc, ink, view, catalogue } = picture
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, view.width * view.ratio, view.height * view.ratio)
  const seen = lay(context, picture)

  const folded = foldedIn(doc.groups)
  const isDrawn = partOf(picture)
  for (const group of doc.groups.values())
    if (!folded.groups.has(group.id) && isDrawn(groupRef(group.id))) frame(context, groupBox(group), ink.accent)
  for (const note of doc.notes.values()) if (isDrawn(noteRef(note.id))) frame(context, noteBox(note), ink.wait)
  wires(context, picture, seen)
  for (const step of stepsOf(picture)) {
    if (folded.steps.has(step.id) || !isDrawn(step.id)) continue
    const box = boxOf(step, catalogue)
    if (inside(box, seen)) card(context, picture, step, box)
  }
}

/** As many more would rather be painted with everything else. */
const overMax = 300

/** Steps of which a run tells something else than before and whose cards, drawn where they lie, hide what they were; null: not so simple. */
export function toldAnew(before: FarPicture['steps'], now: FarPicture['steps']): readonly string[] | null {
  if (before === now) return []
  if (before === null || now === null) return null
  const changed: string[] = []
  for (const [id, status] of now) {
    if (before.get(id) === status) continue
    // Without a colour of its own the edge is thinner than the one that is there.
    if (faceOf[status.state] === undefined || changed.length === overMax) return null
    changed.push(id)
  }
  for (const id of before.keys()) if (!now.has(id)) return null
  return changed
}

/** Draws the cards of these steps over what was drawn of them. */
export function drawOver(context: CanvasRenderingContext2D, picture: FarPicture, ids: readonly string[]): void {
  const { doc, catalogue } = picture
  const folded = foldedIn(doc.groups)
  const seen = lay(context, picture)
  for (const id of ids) {
    const step = doc.nodes.get(id)
    if (step === undefined || folded.steps.has(id)) continue
    const box = boxOf(step, catalogue)
    if (inside(box, seen)) card(context, picture, step, box)
  }
}

/** Lets places of the flow be drawn at; gives back what of it is in sight. */
function lay(context: CanvasRenderingContext2D, { view: { x, y, zoom, width, height, ratio } }: FarPicture): Box {
  context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio)
  return { x: -x / zoom - 400, y: -y / zoom - 200, width: width / zoom + 800, height: height / zoom + 400 }
}

function partOf({ part }: FarPicture): (ref: Ref) => boolean {
  return part === null ? () => true : (ref) => part.refs.has(ref) === part.isIn
}

function stepsOf({ doc, part }: FarPicture): Iterable<Step> {
  return part?.isIn === true ? [...part.refs].flatMap((ref) => doc.nodes.get(ref) ?? []) : doc.nodes.values()
}

/** Places of the wires to draw: those of a part hang at what moves, and are not known from before. */
function wiresOf({ doc, catalogue, part }: FarPicture): readonly WirePlace[] {
  if (part === null) return wirePlaces(doc, catalogue)
  const hanging = hangingAt(doc, part.refs)
  if (!part.isIn) return wirePlaces(doc, catalogue).filter(({ wire }) => !hanging.has(wire))
  return [...hanging].flatMap((wire) => {
    const ends = wireEnds(doc, catalogue, wire)
    return ends === null ? [] : [{ wire, ...ends }]
  })
}

/** Wires that are part of these, or end at one: looked up, as a hand asks in every frame. */
function hangingAt({ edges }: FlowDocument, refs: ReadonlySet<Ref>): ReadonlySet<Wire> {
  const found = new Set<Wire>()
  for (const ref of refs) {
    const wire = edges.get(ref)
    if (wire !== undefined) found.add(wire)
    for (const other of wiresOut(edges, ref)) found.add(other)
    for (const other of wiresInto(edges, ref)) found.add(other)
  }
  return found
}

function inside(box: Box, seen: Box): boolean {
  return box.x + box.width > seen.x && box.x < seen.x + seen.width && box.y + box.height > seen.y && box.y < seen.y + seen.height
}

function frame(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  context.globalAlpha = 0.08
  context.fillStyle = colour
  context.fillRect(box.x, box.y, box.width, box.height)
  context.globalAlpha = 0.5
  context.strokeStyle = colour
  context.lineWidth = 2
  context.strokeRect(box.x, box.y, box.width, box.height)
  context.globalAlpha = 1
}

function wires(context: CanvasRenderingContext2D, picture: FarPicture, seen: Box): void {
  const { ink, view, selection, steps, pointed } = picture
  const plain = new Path2D()
  const chosen = new Path2D()
  const meant = new Path2D()
  // What moves has no lanes until it rests.
  const lanes = picture.part?.isIn === true || view.zoom < straightBelow ? null : lanesOf(picture.doc, picture.catalogue)
  for (const { wire, from, to } of wiresOf(picture)) {
    if (Math.max(from.x, to.x) < seen.x || Math.min(from.x, to.x) > seen.x + seen.width) continue
    const lane = lanes?.get(wire.id)
    // Lines and bends stay between the heights of their ends; only a lane goes around.
    if (lane === undefined && (Math.max(from.y, to.y) < seen.y || Math.min(from.y, to.y) > seen.y + seen.height)) continue
    const path = selection.has(wire.id) ? chosen : wire.id === pointed ? meant : plain
    path.moveTo(from.x, from.y)
    if (view.zoom < straightBelow) {
      // A bend of a few pixels is not seen from here, and a thousand of them cost a frame.
      path.lineTo(to.x, to.y)
      continue
    }
    if (lane !== undefined) {
      for (const corner of cornersOf(from, to, lane, leavesBelow(wire))) path.lineTo(corner.x, corner.y)
      continue
    }
    const bend = bendOf(from, to)
    path.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y)
  }
  context.lineWidth = Math.max(1.5, 0.8 / view.zoom)
  context.globalAlpha = steps === null ? 1 : 0.5
  context.strokeStyle = ink['line-strong']
  context.stroke(plain)
  context.globalAlpha = 1
  context.lineWidth = Math.max(2.5, 1.8 / view.zoom)
  context.strokeStyle = ink.ink
  context.stroke(meant)
  context.strokeStyle = ink.accent
  context.stroke(chosen)
}

function card(context: CanvasRenderingContext2D, picture: FarPicture, step: Step, box: Box): void {
  const { ink, view, selection, steps, marks, problems, catalogue, say } = picture
  const node = catalogue.find(step.type)
  const status = steps?.get(step.id)
  const face = status === undefined ? undefined : faceOf[status.state]
  const isSelected = selection.has(step.id as Ref)
  const tone = ink[tones[node?.category ?? ''] ?? 'act']
  const corners = node?.category === 'trigger' ? [32, 10, 10, 32] : 10
  context.globalAlpha = steps !== null && status === undefined ? 0.4 : 1
  const width = isSelected || face !== undefined ? Math.max(3, 1.5 / view.zoom) : Math.max(1.25, 0.6 / view.zoom)
  const stroke = isSelected ? ink.accent : face === undefined ? ink.line : ink[states[face]]
  context.lineWidth = width
  context.strokeStyle = stroke
  if (view.zoom < titlesFrom && context.globalAlpha === 1) {
    // Corners are not seen from here. Two filled boxes cost a tenth of one outline.
    const half = width / 2
    context.fillStyle = stroke
    context.fillRect(box.x - half, box.y - half, box.width + width, box.height + width)
    context.fillStyle = ink.raised
    context.fillRect(box.x + half, box.y + half, box.width - width, box.height - width)
  } else if (view.zoom < titlesFrom) {
    context.fillStyle = ink.raised
    context.fillRect(box.x, box.y, box.width, box.height)
    context.strokeRect(box.x, box.y, box.width, box.height)
  } else {
    context.beginPath()
    context.roundRect(box.x, box.y, box.width, box.height, corners)
    context.fillStyle = ink.raised
    context.fill()
    context.stroke()
  }
  context.fillStyle = tone
  context.fillRect(box.x + 14, box.y + box.height / 2 - 14, 28, 28)
  if (problems.get(step.id)?.some((problem) => problem.severity === 'error') === true) {
    context.fillStyle = ink.error
    context.beginPath()
    context.arc(box.x + box.width, box.y, 14, 0, 2 * Math.PI)
    context.fill()
  }
  if (view.zoom >= titlesFrom) {
    context.fillStyle = ink.ink
    context.font = '600 22px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'
    context.textBaseline = 'middle'
    context.fillText(shortened(titleOf(step, catalogue, say)), box.x + 54, box.y + box.height / 2, box.width - 64)
  }
  context.globalAlpha = 1
  const mark = marks?.of.get(step.id)
  if (mark !== undefined) marks?.draw(context, mark, { box, zoom: view.zoom, hasTitle: view.zoom >= titlesFrom, corners, ink })
}

/** Han letters are twice as wide. */
function shortened(text: string): string {
  let room = titleCharsMax
  let end = 0
  for (const letter of text) {
    room -= letter > '\u2e80' ? 2 : 1
    if (room < 0) return `${text.slice(0, end)}…`
    end += letter.length
  }
  return text
}
