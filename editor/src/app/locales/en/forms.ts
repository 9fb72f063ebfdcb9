import { diff } from './diff.ts'
import { formDesign } from './form-design.ts'
import { inspect } from './inspect.ts'
import { parts } from './parts.ts'
import { publish } from './publish.ts'

/** What the inspector, the dialogs and the drawer of the canvas say. */
export const forms = { ...diff, ...formDesign, ...inspect, ...parts, ...publish } as const
