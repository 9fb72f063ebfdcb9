import type { Problem } from '@sluice/flows'

/** How many errors and warnings there are. Apart from the fixes, which load with the list of problems. */
export function countsOf(problems: readonly Problem[]): { readonly errors: number; readonly warnings: number } {
  return {
    errors: problems.filter((problem) => problem.severity === 'error').length,
    warnings: problems.filter((problem) => problem.severity === 'warning').length,
  }
}
