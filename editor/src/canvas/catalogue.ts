import { nodeTypes } from '@sluice/nodes'
import { makeCatalogue } from '../doc/index.ts'

/** Every step type of this build. */
export const catalogue = makeCatalogue([...nodeTypes.values()])
