import type { ErrorDefinition } from '@sluice/sdk'

export interface DetailedError extends ErrorDefinition {
  /** What exactly happened, with `{names}` filled from the values of this case. */
  readonly detail?: { readonly en: string; readonly 'zh-CN': string }
}

export type ErrorCatalogue = { readonly [code: `SLU_${string}`]: DetailedError }

export function defineCatalogue<Catalogue extends ErrorCatalogue>(catalogue: Catalogue): Catalogue {
  return catalogue
}

/** One row of a catalogue whose errors differ in wording only. */
export function row(
  http: number,
  says: readonly [en: string, zh: string],
  hint: readonly [en: string, zh: string],
  terminal = true,
): DetailedError {
  return { terminal, http, says: { en: says[0], 'zh-CN': says[1] }, hint: { en: hint[0], 'zh-CN': hint[1] } }
}
