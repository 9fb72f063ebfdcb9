/** Space kept aside for the day the disk is full: freed then, so that what has begun can still be written down. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import type { DataFolder } from './data-folder.ts'

export const diskLimits = {
  reserveBytes: 16 * 1024 * 1024,
  /** Below this much free space new events are no longer taken. */
  freeBytesMin: 64 * 1024 * 1024,
  /** Above it they are taken again and the reserve is laid down anew. */
  freeBytesAgain: 128 * 1024 * 1024,
} as const

export interface DiskGuard {
  /** Whether new work may come in. */
  readonly open: boolean
  /** A write failed for want of space. */
  full(): void
  /** Looks at the disk; call it about once a second. */
  look(): void
  /** Gives the reserve back where there is too little room, and lays none down. */
  makeRoom(): void
}

export function diskGuard(folder: DataFolder, freeBytes: () => number = () => freeOf(folder.root)): DiskGuard {
  let open = true
  const close = () => {
    open = false
    rmSync(folder.reserve, { force: true })
  }
  return {
    get open() {
      return open
    },
    full: close,
    makeRoom() {
      if (freeBytes() < diskLimits.freeBytesMin) close()
    },
    look() {
      const free = freeBytes()
      if (free < diskLimits.freeBytesMin) close()
      else if (free >= diskLimits.freeBytesAgain) {
        layReserve(folder)
        open = true
      }
    },
  }
}

function freeOf(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function layReserve(folder: DataFolder): void {
  if (existsSync(folder.reserve)) return
  const file = openSync(folder.reserve, 'w', 0o600)
  try {
    // Written, not just sized: a hole would reserve nothing.
    const block = Buffer.alloc(1024 * 1024, 0xa5)
    for (let written = 0; written < diskLimits.reserveBytes; written += block.length) writeSync(file, block)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
