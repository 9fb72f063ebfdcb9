/**
 * Counters that both threads see. A withdrawal raises its subject's counter before it commits; the door compares just before it
 * acts and asks again when the counter moved. Two subjects in one slot cost a needless second question, never a missed one.
 */
import { fnv1a } from '@sluice/engine/core'

const slots = 65_536

export type FenceMemory = SharedArrayBuffer

export function fenceMemory(): FenceMemory {
  return new SharedArrayBuffer(slots * Int32Array.BYTES_PER_ELEMENT)
}

export interface Fence {
  bump(subject: string): void
  read(subject: string): number
}

export function fence(memory: FenceMemory): Fence {
  const counters = new Int32Array(memory)
  return {
    bump(subject) {
      Atomics.add(counters, slotOf(subject), 1)
    },
    read: (subject) => Atomics.load(counters, slotOf(subject)),
  }
}

function slotOf(subject: string): number {
  return fnv1a(subject) % slots
}
