import type { FlowDefinition, FlowNode, JsonObject, Text } from '@sluice/flows'
import type { JournalItem } from '../../app/api/shapes.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { portsOfStep } from '../../doc/index.ts'
import { type FullEntry, leaving, type Picture, type StepState } from '../../run/picture.ts'
import type { RecordedError } from '../../run/recorded-error.ts'
import { inputOf, type Timeline, timeOf } from '../../run/timeline.ts'
import type { Chosen } from './RunPicture.tsx'

/** What can be said of one step, or of one wire, at a moment of the run. */
export interface Moment {
  readonly node: string
  /** The step as its version has it. */
  readonly step: FlowNode | undefined
  /** What the journal says up to then, the step's own last word included. */
  readonly before: readonly JournalItem[]
  readonly port: string | null
  /** What that port is called. */
  readonly portLabel: Text | null
  /** What any of its ports is called. */
  labelOf(port: string): Text
  readonly at: number | null
  readonly state: StepState | null
  readonly dueAt: number | null
  readonly error: RecordedError | null
  readonly why: JsonObject | null
  /** `undefined`: nothing has passed yet. */
  readonly input: unknown
  readonly output: unknown
}

/**
 * The moment to look at for what is chosen. What passed a wire stands on it until something else does, whatever its step has begun
 * meanwhile: a wire is looked at where something passed it last.
 */
export function lookedAt(line: Timeline, count: number, chosen: Chosen): number {
  if (chosen.kind === 'step') return count
  for (let index = Math.min(count, line.entries.length) - 1; index >= 0; index--) {
    const entry = line.entries[index]
    if (entry?.node === chosen.node && portOf(entry) === chosen.port) return index + 1
  }
  return 0
}

/** Looks back from the moment to `first`, where the stay at the step began: the last thing the journal says about the chosen step or wire. */
export function momentOf(line: Timeline, count: number, file: FlowDefinition, chosen: Chosen, first = 0): Moment {
  const { node } = chosen
  const picture = line.at(count)
  let why: JsonObject | null = null
  let port: string | null = null
  let at: number | null = null
  let isMeeting = false
  let last = first
  for (let index = Math.min(count, line.entries.length) - 1; index >= first; index--) {
    const entry = line.entries[index]
    if (entry === undefined || entry.node !== node) continue
    last = Math.max(last, index)
    why ??= entry.why ?? null
    port ??= portOf(entry)
    at ??= timeOf(entry)
    isMeeting ||= entry.kind.startsWith('join.')
    if (why !== null && port !== null) break
  }
  const step = picture.steps.get(node)
  const passage = port === null ? undefined : picture.passages.get(`${node}.${port}`)
  const labelOf = (name: string) => portLabelOf(file, node, name)
  return {
    node,
    step: file.nodes.find((each) => each.id === node),
    before: line.entries.slice(0, last + 1),
    port,
    portLabel: port === null ? null : labelOf(port),
    labelOf,
    at,
    state: step?.state ?? null,
    dueAt: step?.dueAt ?? null,
    error: step?.error ?? null,
    why,
    input: isMeeting ? joined(inputOf(picture, sourcesOf(file, node))) : inputAt(line.entries[first], picture, file, node),
    output: passage?.data,
  }
}

/** What a line brought: the data that left where its stay here began. Where the journal does not say it, what its wires carry. */
function inputAt(began: JournalItem | undefined, picture: Picture, file: FlowDefinition, node: string): unknown {
  const brought = began !== undefined && portOf(began) !== null && leadsTo(began, node)
  return brought ? began.data : joined(inputOf(picture, sourcesOf(file, node)))
}

function leadsTo(entry: FullEntry, node: string): boolean {
  return entry.next?.some((token) => token.node === node) === true
}

/** The port by which something left in this entry. */
function portOf(entry: JournalItem): string | null {
  return entry.port ?? (leaving.has(entry.kind) ? 'out' : null)
}

function portLabelOf(file: FlowDefinition, id: string, port: string): Text {
  const node = file.nodes.find((each) => each.id === id)
  return (node && portsOfStep(node, catalogue).outputs.find(({ name }) => name === port)?.label) ?? port
}

function sourcesOf(file: FlowDefinition, node: string) {
  return file.edges.flatMap(({ from, to }) => {
    const [source = '', port = ''] = from.split('.')
    return to.split('.')[0] === node ? [{ node: source, port }] : []
  })
}

/** One line in: its data. Several: each under the place it came from. */
function joined(inputs: ReturnType<typeof inputOf>): unknown {
  if (inputs.length <= 1) return inputs[0]?.data
  return Object.fromEntries(inputs.map(({ from, data }) => [from, data]))
}
