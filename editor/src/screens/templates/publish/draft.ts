import type { FlowDefinition } from '@sluice/flows'
import type { Catalogue } from '../../../doc/index.ts'
import { isKey } from '../../flows/flow-files.ts'
import type { Template } from '../template-api.ts'
import { type Asked, askedOf, type Both, bothOf, isHalf, isWritten, parametersOf, type Setting, settingsOf, trimmed } from './asked.ts'

export const wizardSteps = ['flow', 'words', 'asks', 'look'] as const
export type WizardStep = (typeof wizardSteps)[number]

/** What is being put together; `file` is the flow as it was when it was chosen. */
export interface TemplateDraft {
  readonly key: string
  readonly file: FlowDefinition
  readonly settings: readonly Setting[]
  readonly name: Both
  readonly description: Both
  readonly asked: readonly Asked[]
  /** Places of earlier questions that the flow does not have any more. */
  readonly lost: readonly string[]
  readonly note: string
}

/** Words and questions start with those of the version before, else with the flow's own. */
export function startDraft(key: string, file: FlowDefinition, before: Template | null, catalogue: Catalogue): TemplateDraft {
  const words = before?.flow ?? file
  return {
    key,
    file,
    settings: settingsOf(file, catalogue),
    name: bothOf(words.name),
    description: bothOf(words.description),
    ...askedOf(file, words.parameters),
    note: '',
  }
}

export type WizardFlaw = 'key' | 'required' | 'half'

/** What is wrong with a step, by the field's path. */
export function flawsAt(step: WizardStep, draft: TemplateDraft): ReadonlyMap<string, WizardFlaw> {
  const flaws = new Map<string, WizardFlaw>()
  if (step === 'flow' && !isKey(draft.key)) flaws.set('/key', 'key')
  if (step === 'words') {
    if (!isWritten(draft.name)) flaws.set('/name', 'required')
    if (isHalf(draft.description)) flaws.set('/description', 'half')
  }
  if (step === 'asks')
    for (const { name, title, help } of draft.asked) {
      if (!isWritten(title)) flaws.set(`/${name}/title`, 'required')
      if (isHalf(help)) flaws.set(`/${name}/help`, 'half')
    }
  return flaws
}

/** Body of `PUT /templates/{key}`. */
export function bodyOf({ file, name, description, asked, settings, note }: TemplateDraft): object {
  const parameters = parametersOf(asked, settings)
  return {
    flow: file.key,
    name: trimmed(name),
    ...(isWritten(description) ? { description: trimmed(description) } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

/** The template as the gallery and the install dialog will show it. */
export function previewOf(draft: TemplateDraft): FlowDefinition {
  const parameters = parametersOf(draft.asked, draft.settings)
  const { parameters: _own, ...rest } = draft.file
  return {
    ...rest,
    name: trimmed(draft.name),
    description: trimmed(draft.description),
    ...(parameters === undefined ? {} : { parameters }),
  }
}

/** Which step of the wizard a refusal of the server is about. */
export function stepOf(path: string): WizardStep | null {
  if (path.startsWith('/name') || path.startsWith('/description')) return 'words'
  if (path.startsWith('/parameters')) return 'asks'
  return path.startsWith('/key') || path.startsWith('/flow') ? 'flow' : null
}
