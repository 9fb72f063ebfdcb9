import { onDemand } from '../../ui/index.ts'
import { needTexts } from '../i18n/index.ts'

/** Comes with its words when something has left. */
export const Carried = onDemand(async () => (await Promise.all([import('./Carried.tsx'), needTexts('permits')]))[0].Carried)
