import type { FlowDocument, Group } from './model.ts'
import { groupBox, type Place } from './shape.ts'

/** Wires a frame may have: what leads to it, and what goes on when it ends as a whole. */
export const groupPorts = { in: ['cancel'], out: ['error', 'timeout', 'cancelled'] } as const
export type GroupPort = (typeof groupPorts.in)[number] | (typeof groupPorts.out)[number]

/** Below the frame's name, so that a port never lies under it. */
const first = 44
const gap = 22

/** The frame an end of a wire means; a step of the same name comes first. */
export function groupOfEnd(doc: FlowDocument, id: string): Group | undefined {
  return doc.nodes.has(id) ? undefined : doc.groups.get(id)
}

/** Where a port lies on the canvas, its frame at its own place or moved to another. */
export function groupPortPlace(group: Group, port: string, at: Place = groupBox(group)): Place {
  const { width } = groupBox(group)
  const index = Math.max(0, (groupPorts.out as readonly string[]).indexOf(port))
  return port === 'cancel' ? { x: at.x, y: at.y + first } : { x: at.x + width, y: at.y + first + index * gap }
}

export function isGroupPort(side: 'in' | 'out', port: string): boolean {
  return (groupPorts[side] as readonly string[]).includes(port)
}
