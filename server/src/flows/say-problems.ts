import { type Problem, say } from '@sluice/flows'
import type { Language } from '../http/language.ts'

/** Problems in the reader's language, as every answer of the API is. */
export function sayProblems<Found extends Problem>(problems: readonly Found[], language: Language): readonly Found[] {
  return problems.map((problem) => ({
    ...problem,
    message: say(problem.message, language),
    ...(problem.fix === undefined ? {} : { fix: { ...problem.fix, says: say(problem.fix.says, language) } }),
    ...(problem.fixes === undefined ? {} : { fixes: problem.fixes.map((fix) => ({ ...fix, says: say(fix.says, language) })) }),
  }))
}

/** The same problems as `errors` of a problem document: what blocks, with its place. */
export function detailsOf(
  problems: readonly Problem[],
  language: Language,
): readonly { readonly path: string; readonly message: string }[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .slice(0, 200)
    .map(({ path, message }) => ({ path: path ?? '', message: say(message, language) }))
}
