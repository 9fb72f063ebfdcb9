/** Space kept aside for the day the disk is full: freed then, so that what has begun can still be written down. */
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import type { DataFolder } from './data-folder.ts'
import { diskProblem } from './disk-problem.ts'

export const diskLimits = {
  reserveBytes: 16 * 1024 * 1024,
  /** Below this much free space new events are no longer taken. */
  freeBytesMin: 64 * 1024 * 1024,
  /** Above it they are taken again and the reserve is laid down anew. */
  freeBytesAgain: 128 * 1024 * 1024,
  /** On a volume smaller than 512 MB these shrink with it. */
  share: { reserve: 1 / 32, min: 1 / 8, again: 1 / 4 },
  /** Looks that are sat out at most, where writes go on failing although there seems to be room: a quota, a bound on files. */
  looksWaitedMax: 8,
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

export interface Space {
  readonly free: number
  readonly total: number
}

export function diskGuard(folder: DataFolder, space: () => Space = () => spaceOf(folder.root)): DiskGuard {
  let open = true
  /** Looks to sit out now, and after the next write that fails as soon as it is tried again. */
  let left = 0
  let next = 0
  const close = () => {
    open = false
    rmSync(folder.reserve, { force: true })
  }

  function look({ free, total }: Space): void {
    const again = Math.min(diskLimits.freeBytesAgain, total * diskLimits.share.again)
    if (free < minOf(total)) close()
    else if (free < again) return
    else if (left > 0) left -= 1
    // A quota leaves less than the disk has: without room for the reserve there is none for events.
    else if (!isLaid(folder.reserve, total)) close()
    else {
      if (open) next = 0
      open = true
    }
  }

  return {
    get open() {
      return open
    },
    full() {
      if (open) {
        left = next
        next = Math.min(Math.max(1, next * 2), diskLimits.looksWaitedMax)
      }
      close()
    },
    makeRoom() {
      const { free, total } = space()
      if (free < minOf(total)) close()
    },
    look: () => look(space()),
  }
}

const minOf = (total: number) => Math.min(diskLimits.freeBytesMin, total * diskLimits.share.min)

function spaceOf(path: string): Space {
  const { bavail, blocks, bsize } = statfsSync(path)
  return { free: bavail * bsize, total: blocks * bsize }
}

/** False: there is no room for it. */
function isLaid(reserve: string, total: number): boolean {
  const size = Math.min(diskLimits.reserveBytes, Math.floor(total * diskLimits.share.reserve))
  if ((statSync(reserve, { throwIfNoEntry: false })?.size ?? 0) >= size) return true
  try {
    lay(reserve, size)
    return true
  } catch (error) {
    if (diskProblem(error)?.code === 'SLU_DISK_FULL') return false
    throw error
  }
}

function lay(reserve: string, size: number): void {
  const file = openSync(reserve, 'w', 0o600)
  try {
    // Written, not just sized: a hole would reserve nothing.
    const block = Buffer.alloc(1024 * 1024, 0xa5)
    for (let written = 0; written < size; ) written += writeSync(file, block, 0, Math.min(block.length, size - written))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
