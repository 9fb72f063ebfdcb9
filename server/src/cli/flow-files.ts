import { readFileSync } from 'node:fs'
import { type FlowDefinition, type FlowFileProblem, type Problem, readFlow } from '@sluice/flows'
import { nodeTypes } from '@sluice/nodes'
import { checkFlow } from '../flows/check-flow.ts'
import { UsageError } from './options.ts'

export interface CheckedFile {
  readonly file: string
  /** Null when it cannot be read as a flow. */
  readonly flow: FlowDefinition | null
  readonly problems: readonly (Problem & Partial<Pick<FlowFileProblem, 'line' | 'column'>>)[]
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read`, `无法读取 ${file}`)
  }
}

/** Everything the server would say about the file before publishing it. Runs nothing. */
export function checkFile(file: string): CheckedFile {
  const read = readFlow(readText(file))
  if (!read.ok) return { file, flow: null, problems: read.problems }
  return { file, flow: read.flow, problems: checkFlow(read.flow, { nodeTypes, secrets: null }).problems }
}
