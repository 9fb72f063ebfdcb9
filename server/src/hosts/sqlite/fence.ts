/**
 * Counters that both threads see. A withdrawal raises its subject's counter before it commits; the door compares just before it
 * acts and asks again when the counter moved. Two subjects in one slot cost a needless second question, never a missed one.
 */
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

/** FNV-1a. */
function slotOf(subject: string): number {
  let hash = 0x811c9dc5
  for (let position = 0; position < subject.length; position += 1) {
    hash = Math.imul(hash ^ subject.charCodeAt(position), 0x01000193)
  }
  return (hash >>> 0) % slots
}
