import type { Text } from '../json.ts'
import type { Problem } from '../problem.ts'

/** A problem of a flow file. Line and column are there when the file was given as text. */
export interface FlowFileProblem extends Problem {
  readonly line?: number
  readonly column?: number
}

export function fileProblem(
  code: string,
  path: string,
  message: Text,
  where: { readonly node?: string; readonly edge?: number } = {},
): FlowFileProblem {
  return { code, severity: 'error', path, message, ...where }
}
