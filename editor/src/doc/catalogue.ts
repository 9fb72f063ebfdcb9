import type { JsonObject, Text } from '@sluice/flows'
import type { AnyNode, PortDefinition } from '@sluice/sdk'
import type { FlowDocument, Step } from './model.ts'
import { wiresOut } from './wiring.ts'

/** A step type as the page has it: the build leaves out what only the engine and the check need (`tools/step-faces.ts`). */
export interface StepType extends Omit<AnyNode, 'run' | 'check' | 'effectOf' | 'config'> {
  /** The page has the schemas of the forms apart, with the inspector. */
  readonly config?: AnyNode['config']
  /** What the build took from the schema: the values a fresh step starts with. */
  readonly defaults?: JsonObject
}

/** Node types by name. The document works with any set of them, so tests bring their own. */
export interface Catalogue {
  readonly all: readonly StepType[]
  find(type: string): StepType | undefined
}

export function makeCatalogue(all: readonly StepType[]): Catalogue {
  const byType = new Map(all.map((node) => [node.type, node]))
  return { all, find: (type) => byType.get(type) }
}

export interface Ports {
  /** Empty for a trigger. */
  readonly inputs: readonly PortDefinition[]
  /** In drawing order, without the ports every step has. */
  readonly outputs: readonly PortDefinition[]
  readonly canFail: boolean
  /** A step that acts may be undone: a line leaves it by `undo`. */
  readonly canUndo: boolean
}

/** Where the ports that any step may have stand on its lower side. */
export const bottomPorts = { error: 36, undo: 128 } as const
const inputPort: PortDefinition = { name: 'in', label: { en: 'In', 'zh-CN': '输入' } }

export function configOf(step: Step): JsonObject {
  return (step.config ?? {}) as JsonObject
}

const seen = new WeakMap<Step, { readonly catalogue: Catalogue; readonly ports: Ports }>()

/** The ports a step shows. One of an unknown type keeps one on each side, so that its wires stay visible. */
export function portsOfStep(step: Step, catalogue: Catalogue): Ports {
  const known = seen.get(step)
  if (known?.catalogue === catalogue) return known.ports
  const ports = readPorts(step, catalogue)
  seen.set(step, { catalogue, ports })
  return ports
}

function readPorts(step: Step, catalogue: Catalogue): Ports {
  const node = catalogue.find(step.type)
  if (node === undefined)
    return { inputs: [inputPort], outputs: [{ name: 'out', label: { en: 'Out', 'zh-CN': '输出' } }], canFail: true, canUndo: true }
  const trigger = isTrigger(node)
  return {
    inputs: trigger ? [] : [inputPort],
    outputs: outputsOf(node, configOf(step)).filter((port) => port.name !== 'error'),
    canFail: !trigger,
    canUndo: !trigger && (node.behaviour === undefined || node.behaviour === 'action'),
  }
}

export function isTrigger(node: StepType): boolean {
  return node.behaviour === 'trigger' || node.input === false
}

/** A half-filled config must never take the canvas down. */
function outputsOf(node: StepType, config: JsonObject): readonly PortDefinition[] {
  try {
    return typeof node.ports === 'function' ? node.ports(config) : node.ports
  } catch {
    return []
  }
}

const noPorts: readonly PortDefinition[] = []

/** Ports that only wires still name, for example after a rule was removed: shown so that the wire can be seen and moved. */
export function orphanPorts(doc: FlowDocument, step: Step, catalogue: Catalogue): readonly PortDefinition[] {
  const { outputs, canUndo } = portsOfStep(step, catalogue)
  const lost = new Set<string>()
  for (const { from } of wiresOut(doc.edges, step.id)) {
    if (from.port !== 'error' && (from.port !== 'undo' || !canUndo) && !outputs.some((port) => port.name === from.port)) lost.add(from.port)
  }
  return lost.size === 0 ? noPorts : [...lost].map((name) => ({ name, label: name }))
}

/** What a step is called when nobody named it. */
export function nameOf(step: Step, catalogue: Catalogue): Text {
  return step.name ?? catalogue.find(step.type)?.label ?? step.type
}
