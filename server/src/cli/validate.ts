import { say } from '@sluice/flows'
import { words } from '@sluice/sdk'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { type CheckedFile, checkFile } from './flow-files.ts'
import { readOptions, textOption, UsageError } from './options.ts'
import { sarif } from './sarif.ts'

export const validate: CliCommand = {
  name: 'validate',
  usage: 'sluice validate <files…> [--format text|json|sarif]',
  summary: words('Checks flow files; exit code 1 when one has errors', '检查流程文件；有错误时退出码为 1'),
  async run(args, context) {
    const parsed = readOptions(args, { format: { type: 'string' } }, { min: 1, max: 10_000 })
    const format = textOption(parsed, 'format') ?? 'text'
    if (!['text', 'json', 'sarif'].includes(format))
      throw new UsageError('--format is text, json or sarif', '--format 须为 text、json 或 sarif')
    const files = parsed.positionals.map(checkFile)
    if (format === 'sarif') context.say(sarif(files, process.cwd()))
    else if (format === 'json')
      context.say(
        JSON.stringify(
          files.map(({ file, problems }) => ({ file, problems })),
          null,
          2,
        ),
      )
    else for (const file of files) report(file, context)
    const broken = files.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))
    return broken ? exitCodes.failed : exitCodes.ok
  },
}

const marks = { error: '✗', warning: '!', hint: '·' } as const

function report({ file, problems }: CheckedFile, { language, say: print }: CliContext): void {
  if (problems.length === 0) print(`✓ ${file}`)
  for (const { severity, message, path, line, column, code, fix } of problems) {
    const place = line === undefined ? (path ?? '') : `${line}:${column ?? 1} ${path ?? ''}`
    print(`${marks[severity]} ${file} ${place}  ${say(message, language)}  [${code}]`)
    if (fix !== undefined) print(`    ${say(fix.says, language)}`)
  }
}
