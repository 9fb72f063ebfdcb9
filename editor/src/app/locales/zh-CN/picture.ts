import { drawing } from './drawing.ts'
import { problems } from './problems.ts'

/** What a drawing says wherever it stands, with what is said about its steps and wires. */
export const picture = { ...drawing, ...problems }
