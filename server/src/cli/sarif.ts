import { pathToFileURL } from 'node:url'
import { say } from '@sluice/flows'
import type { CheckedFile } from './flow-files.ts'

const levels = { error: 'error', warning: 'warning', hint: 'note' } as const

/** SARIF 2.1.0: what code review tools show beside the line. */
export function sarif(files: readonly CheckedFile[], base: string): string {
  const codes = [...new Set(files.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort()
  const results = files.flatMap(({ file, problems }) =>
    problems.map(({ code, severity, message, path, line, column }) => ({
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: levels[severity],
      message: { text: say(message, 'en') },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(file, base) }, region: { startLine: line ?? 1, startColumn: column ?? 1 } },
          ...(path === undefined || path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
        },
      ],
    })),
  )
  const driver = { name: 'sluice', rules: codes.map((id) => ({ id })) }
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
    },
    null,
    2,
  )
}

function uriOf(file: string, base: string): string {
  const url = pathToFileURL(file).href
  const root = `${pathToFileURL(base).href}/`
  return url.startsWith(root) ? url.slice(root.length) : url
}
