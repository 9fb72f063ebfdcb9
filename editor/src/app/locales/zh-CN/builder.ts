import { canvas } from './canvas.ts'
import { diff } from './diff.ts'
import { inspect } from './inspect.ts'
import { problems } from './problems.ts'
import { publish } from './publish.ts'
import { replay } from './replay.ts'
import { simulate } from './simulate.ts'

/** What the canvas, its forms and the replay say; loaded with the first of them. */
export const builder = {
  ...publish,
  ...diff,
  ...canvas,
  ...inspect,
  ...problems,
  ...replay,
  ...simulate,
}
