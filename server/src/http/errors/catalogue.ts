import { packs } from '@sluice/nodes'
import { accessErrors } from './access.ts'
import { dataErrors } from './data.ts'
import type { DetailedError } from './define.ts'
import { engineErrors } from './engine.ts'
import { expressionErrors } from './expression.ts'
import { flowFileErrors } from './flow-file.ts'
import { liveErrors } from './live.ts'
import { operateErrors } from './operate.ts'
import { outsideErrors } from './outside.ts'
import { pushErrors } from './push.ts'
import { requestErrors } from './request.ts'
import { workErrors } from './work.ts'

/** Codes the door throws itself. */
export const serverErrors = { ...requestErrors, ...accessErrors, ...workErrors, ...operateErrors, ...liveErrors, ...pushErrors }
export type ServerErrorCode = keyof typeof serverErrors

const known = new Map<string, DetailedError>(
  Object.entries({ ...engineErrors, ...expressionErrors, ...flowFileErrors, ...dataErrors, ...outsideErrors, ...serverErrors }),
)
for (const pack of packs) {
  for (const [code, definition] of Object.entries(pack.errors ?? {})) {
    if (known.has(code)) throw new Error(`Pack ${pack.id} words ${code}, which is worded already`)
    known.set(code, definition)
  }
}

/** Every code with its wording: ours, the engine's and the packs'. */
export const catalogue: ReadonlyMap<string, DetailedError> = known
