import type { FlowDefinition, JsonObject, Text } from '@sluice/flows'
import { catalogue } from '../../canvas/catalogue.ts'
import { portsOfStep } from '../../doc/index.ts'
import type { Picture, StepState } from '../../run/picture.ts'
import { inputOf, type Timeline, timeOf } from '../../run/timeline.ts'
import type { Chosen } from './RunPicture.tsx'

/** What can be said of one step, or of one wire, at a moment of the run. */
export interface Moment {
  readonly node: string
  readonly port: string | null
  /** What that port is called. */
  readonly portLabel: Text | null
  readonly at: number | null
  readonly state: StepState | null
  readonly dueAt: number | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly why: JsonObject | null
  /** `undefined`: nothing has passed yet. */
  readonly input: unknown
  readonly output: unknown
}

/** Looks back from the moment to `first`, where the stay at the step began: the last thing the journal says about the chosen step or wire. */
export function momentOf(line: Timeline, count: number, picture: Picture, file: FlowDefinition, chosen: Chosen, first = 0): Moment {
  const { node } = chosen
  let why: JsonObject | null = null
  let port: string | null = null
  let at: number | null = null
  for (let index = Math.min(count, line.entries.length) - 1; index >= first; index--) {
    const entry = line.entries[index]
    if (entry === undefined || entry.node !== node || (chosen.kind === 'wire' && entry.port !== chosen.port)) continue
    why ??= entry.why ?? null
    port ??= entry.port ?? (entry.kind === 'run.started' ? 'out' : null)
    at ??= timeOf(entry)
    if (why !== null && port !== null) break
  }
  const step = picture.steps.get(node)
  const passage = port === null ? undefined : picture.passages.get(`${node}.${port}`)
  return {
    node,
    port,
    portLabel: port === null ? null : portLabelOf(file, node, port),
    at,
    state: step?.state ?? null,
    dueAt: step?.dueAt ?? null,
    error: step?.error ?? null,
    why,
    input: joined(inputOf(picture, sourcesOf(file, node))),
    output: passage?.data,
  }
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
