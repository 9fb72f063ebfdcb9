import type { FlowDefinition, FlowGroup, FlowNode, FlowNote } from '../definition.ts'

/** One step as the flow file writes it. */
export type Step = FlowNode
export type Group = FlowGroup
export type Note = FlowNote

export interface End {
  readonly node: string
  readonly port: string
}

/** A wire. Its id says what it joins, so the same wire keeps its id across undo, paste and versions. */
export interface Wire {
  readonly id: string
  readonly from: End
  readonly to: End
}

/** Everything of a flow that is neither step, wire, group nor note. */
export type Head = Pick<FlowDefinition, 'format' | 'key' | 'name' | 'description' | 'settings' | 'parameters'>

/** A flow, normalised: maps keep the order of the file, so that nothing changed writes the same bytes. */
export interface FlowDocument {
  readonly head: Head
  readonly nodes: ReadonlyMap<string, Step>
  readonly edges: ReadonlyMap<string, Wire>
  readonly groups: ReadonlyMap<string, Group>
  readonly notes: ReadonlyMap<string, Note>
  /** Lists the file wrote although they were empty; they are written again. */
  readonly written: { readonly groups: boolean; readonly notes: boolean }
}

export interface Items {
  readonly nodes: Step
  readonly edges: Wire
  readonly groups: Group
  readonly notes: Note
}
export type Collection = keyof Items
export const collections: readonly Collection[] = ['nodes', 'edges', 'groups', 'notes']

export function wireId(from: End, to: End): string {
  return `${from.node}.${from.port}>${to.node}.${to.port}`
}

export function wire(from: End, to: End): Wire {
  return { id: wireId(from, to), from, to }
}
