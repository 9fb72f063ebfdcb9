import { nodeTypes } from '@sluice/nodes'

/** What a step is searched by besides its name. In the page it lies apart from the step types, as the table that the build makes (`tools/step-faces.ts`). */
export const keywordsOf = (type: string): readonly string[] => nodeTypes.get(type)?.keywords ?? []
