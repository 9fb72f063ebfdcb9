import type { Text } from '@sluice/flows'
import { formatIn, type Translate, translate } from '../app/i18n/index.ts'
import { durationWords } from '../app/i18n/iso-duration.ts'
import { type Catalogue, configOf, nameOf, type Step } from '../doc/index.ts'
import type { StepState } from '../run/picture.ts'
import { settingsInWords } from './card-words.ts'
import type { FaceState } from './nodes/StepFace.tsx'

/** What stands on a card, read off the step and its type. */
export function sentenceOf(step: Step, catalogue: Catalogue, language: 'en' | 'zh-CN'): string {
  const node = catalogue.find(step.type)
  try {
    return inWords(node?.sentence?.(settingsInWords(step.type, configOf(step), language), language) ?? '', language)
  } catch {
    return ''
  }
}

const code = /\brole:(\w+)|\bP(?=\d|T\d)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?(?![\w-])|\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** What a type says of its settings may hold codes: a role gets its name, a duration its units, a moment the reader's clock, a Chinese list its comma and its names no spaces. */
function inWords(sentence: string, language: 'en' | 'zh-CN'): string {
  const said = sentence.replace(code, (all, role?: string) => {
    if (role === undefined) return all[0] === 'P' ? durationWords(all, formatIn(language)) : formatIn(language).dateTime(all)
    return isRole(role) ? translate(`app.role.${role}`) : role
  })
  return language === 'zh-CN'
    ? said.replace(/(?<=[\p{L}\d_]), (?=[\p{L}\d_])/gu, '、').replace(/(?<=\p{Script=Han}) (?=[\p{Script=Han}“])/gu, '')
    : said
}

const roles = ['admin', 'analyst', 'developer', 'rep', 'manager', 'operator', 'director', 'legal', 'consent_manager'] as const
function isRole(name: string): name is (typeof roles)[number] {
  return roles.some((role) => role === name)
}

export function titleOf(step: Step, catalogue: Catalogue, say: (text: Text) => string): string {
  return say(nameOf(step, catalogue)) || step.id
}

/** Colour of the card for a state of the run. */
export const faceOf: Readonly<Record<StepState, FaceState | undefined>> = {
  running: 'running',
  'waiting-time': 'waiting',
  'waiting-event': 'waiting',
  'waiting-lines': 'waiting',
  'waiting-call': 'waiting',
  retrying: 'waiting',
  'waiting-person': 'person',
  done: 'done',
  failed: 'failed',
  incident: 'failed',
  blocked: 'blocked',
  vetoed: 'failed',
  cancelled: undefined,
  undone: undefined,
}

export function describeStep(options: {
  readonly position: number
  readonly total: number
  readonly title: string
  readonly sentence: string
  readonly state: StepState | null
  readonly outputs: number
  readonly problems: number
  readonly t: Translate
}): string {
  const { position, total, title, sentence, state, outputs, problems, t } = options
  return [
    t('canvas.step.position', { position, total }),
    title,
    ...(sentence === '' ? [] : [sentence]),
    ...(state === null ? [] : [t(`canvas.state.${state}`)]),
    t('canvas.step.outputs', { count: outputs }),
    ...(problems === 0 ? [] : [t('canvas.step.problems', { count: problems })]),
  ].join(t('canvas.step.separator'))
}
