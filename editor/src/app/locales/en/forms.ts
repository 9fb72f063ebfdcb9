import { diff } from './diff.ts'
import { inspect } from './inspect.ts'
import { parts } from './parts.ts'
import { publish } from './publish.ts'

/** What the inspector, the dialogs and the drawer of the canvas say. */
export const forms = { ...diff, ...inspect, ...parts, ...publish } as const
