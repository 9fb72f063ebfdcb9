import { onDemand } from '../../ui/index.ts'
import { needTexts } from '../i18n/index.ts'

/** What went wrong in a run, in the reader's language. It comes with the first thing that did. */
export const ErrorText = onDemand(async () => (await loaded(import('./ErrorText.tsx'))).ErrorText)
export const ErrorLine = onDemand(async () => (await loaded(import('./ErrorLine.tsx'))).ErrorLine)
export const FailedFact = onDemand(async () => (await loaded(import('./FailedFact.tsx'))).FailedFact)

async function loaded<Part>(part: Promise<Part>): Promise<Part> {
  await needTexts('failures')
  return part
}
