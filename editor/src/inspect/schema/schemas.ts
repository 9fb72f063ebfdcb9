import { nodeTypes } from '@sluice/nodes'
import type { TSchema } from 'typebox'

/** The schema of a step's settings. In the page they lie apart from the step types, as the table that the build makes of them (`tools/step-faces.ts`). */
export const schemaOf = (type: string): TSchema | undefined => nodeTypes.get(type)?.config
