import { say } from '@sluice/flows'
import type { SluiceProblem } from '@sluice/sdk/server'
import { catalogue } from './errors/catalogue.ts'
import { fill, Refusal } from './errors/refusal.ts'
import type { Language } from './language.ts'

/** RFC 9457, with our `code`, `errors` and `hint`. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly hint: string
  readonly errors: readonly { readonly path: string; readonly message: string }[]
  readonly instance: string
}

type ProblemLike = Pick<SluiceProblem, 'code' | 'status' | 'message' | 'details'> & {
  readonly text?: SluiceProblem['text']
  readonly members?: SluiceProblem['members']
}

export function problemDocument(problem: ProblemLike, language: Language, instance: string): ProblemDocument {
  const definition = catalogue.get(problem.code)
  const title = definition === undefined ? problem.code : say(definition.says, language)
  return {
    type: `/problems/${problem.code}`,
    title,
    status: problem.status,
    detail: detailOf(problem, language, title),
    code: problem.code,
    hint: definition === undefined ? '' : say(definition.hint, language),
    errors: problem.details,
    instance,
    ...problem.members,
  }
}

/** Where a message is written in English only, a Chinese reader gets the catalogue's wording instead. */
function detailOf(problem: ProblemLike, language: Language, title: string): string {
  if (language === 'en') return problem.message
  if (problem.text !== undefined) return problem.text[language]
  const template = catalogue.get(problem.code)?.detail
  return problem instanceof Refusal && template !== undefined ? fill(template[language], problem.values) : title
}
