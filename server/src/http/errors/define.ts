import type { ErrorDefinition } from '@sluice/sdk'

export interface DetailedError extends ErrorDefinition {
  /** What exactly happened, with `{names}` filled from the values of this case. */
  readonly detail?: { readonly en: string; readonly 'zh-CN': string }
}

export type ErrorCatalogue = { readonly [code: `SLU_${string}`]: DetailedError }

export function defineCatalogue<Catalogue extends ErrorCatalogue>(catalogue: Catalogue): Catalogue {
  return catalogue
}
