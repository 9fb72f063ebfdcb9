import { packs } from '@sluice/nodes'
import { accessErrors } from './access.ts'
import type { DetailedError } from './define.ts'
import { requestErrors } from './request.ts'
import { workErrors } from './work.ts'

/** Codes this workspace throws. */
export const serverErrors = { ...requestErrors, ...accessErrors, ...workErrors }
export type ServerErrorCode = keyof typeof serverErrors

const known = new Map<string, DetailedError>(Object.entries(serverErrors))
for (const pack of packs) {
  for (const [code, definition] of Object.entries(pack.errors ?? {})) known.set(code, definition)
}

/** Every code with its wording: ours, the engine's and the packs'. */
export const catalogue: ReadonlyMap<string, DetailedError> = known
