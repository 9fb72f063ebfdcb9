import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FindFlow } from '@sluice/engine/compile'
import { type FlowDefinition, type FlowFileProblem, type Problem, readFlow } from '@sluice/flows'
import { nodeTypes } from '@sluice/nodes'
import { checkFlow } from '../flows/check-flow.ts'
import { UsageError } from './options.ts'

/** Flow files of a folder that are looked through for a called flow. */
const besideMax = 1_000

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

/** Called flows are proven with the flow that calls them: those in the same folder, by their keys. Files that cannot be read are left out. */
export function flowsBeside(file: string): FindFlow {
  let byKey: ReadonlyMap<string, FlowDefinition> | null = null
  return (key) => {
    byKey ??= readFolder(dirname(file))
    return byKey.get(key) ?? null
  }
}

function readFolder(folder: string): ReadonlyMap<string, FlowDefinition> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.flow.json'))
  const found = names
    .sort()
    .slice(0, besideMax)
    .flatMap((name) => {
      const read = readFlow(readText(join(folder, name)))
      return read.ok ? [[read.flow.key, read.flow] as const] : []
    })
  return new Map(found)
}

/** Everything the server would say about the file before publishing it. Runs nothing. */
export function checkFile(file: string): CheckedFile {
  const read = readFlow(readText(file))
  if (!read.ok) return { file, flow: null, problems: read.problems }
  return { file, flow: read.flow, problems: checkFlow(read.flow, { nodeTypes, secrets: null, findFlow: flowsBeside(file) }).problems }
}
