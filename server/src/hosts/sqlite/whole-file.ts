/** Small files that must be there whole or not at all, however the process ends, and stay after the power fails. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** In place of what is there, if anything is. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = draftOf(file, content)
  renameSync(draft, file)
  syncPath(dirname(file))
}

/** Two threads may arrive first at the same moment: the file of one of them stands, and nobody's is written over. */
export function createWhole(file: string, content: string | Uint8Array): void {
  const draft = draftOf(file, content)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  syncPath(dirname(file))
}

/** Names and moves in a folder, or what was written into a file, are on the disk when this comes back. */
export function syncPath(path: string): void {
  // Windows knows no such thing for a folder, nor for a file opened for reading.
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** How a draft is called beside its file: one that is left of a killed process is known by it. */
export const draftEnd = /\.[0-9a-f]{12}$/

function draftOf(file: string, content: string | Uint8Array): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    const bytes = Buffer.from(content)
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
    fsyncSync(handle)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  return draft
}
