import { canvas } from './canvas.ts'
import { diff } from './diff.ts'
import { inspect } from './inspect.ts'
import { problems } from './problems.ts'
import { publish } from './publish.ts'
import { template } from './template.ts'

/** What the canvas and its forms say; the replay has them as well. */
export const builder = {
  ...template,
  ...publish,
  ...diff,
  ...canvas,
  ...inspect,
  ...problems,
} as const
