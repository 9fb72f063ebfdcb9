import { say } from '@sluice/flows'
import { SluiceProblem } from '@sluice/sdk/server'
import { suggest } from '../config/suggest.ts'
import { diskProblem } from '../hosts/sqlite/disk-problem.ts'
import { version } from '../version.ts'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { commands } from './commands.ts'
import { helpFor, overview } from './help.ts'
import { UsageError } from './options.ts'

/** What was typed, carried out; gives the exit code. */
export async function commandLine(args: readonly string[], context: CliContext): Promise<number> {
  const [first] = args
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    context.say(overview(commands, context.language))
    return first === undefined ? exitCodes.usage : exitCodes.ok
  }
  if (first === '--version' || first === 'version') {
    context.say(version)
    return exitCodes.ok
  }
  const command = find(args)
  const family = command === undefined ? commands.filter(({ name }) => name.startsWith(`${first} `)) : []
  if (family.length > 0) return explain(family, args, context)
  if (command === undefined) {
    const near = suggest(
      first,
      commands.map(({ name }) => name),
    )
    context.complain(unknown(first, near, context.language))
    return exitCodes.usage
  }
  const rest = args.slice(command.name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    context.say(helpFor(command, context.language))
    return exitCodes.ok
  }
  return runSafely(command, rest, context)
}

/** The first word of commands of two words, alone or with a second one that is none of theirs. */
function explain(family: readonly CliCommand[], args: readonly string[], context: CliContext): number {
  const isAsked = args.includes('--help') || args.includes('-h')
  const tell = isAsked ? context.say : context.complain
  tell(overview(family, context.language))
  return isAsked ? exitCodes.ok : exitCodes.usage
}

function find(args: readonly string[]): CliCommand | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => args[index] === word))
}

async function runSafely(command: CliCommand, rest: readonly string[], context: CliContext): Promise<number> {
  try {
    return await command.run(rest, context)
  } catch (error) {
    if (error instanceof UsageError) {
      context.complain(error.said[context.language])
      context.complain(`  ${command.usage}`)
      return exitCodes.usage
    }
    const problem = error instanceof SluiceProblem ? error : diskProblem(error)
    if (problem === null) throw error
    for (const line of await told(problem, context.language)) context.complain(line)
    return exitCodes.failed
  }
}

/** What went wrong, where, and what to do. The wording of the exact place may be English alone: it names settings and files. */
async function told({ code, message, text, details }: SluiceProblem, language: CliContext['language']): Promise<readonly string[]> {
  const { catalogue } = await import('../http/errors/catalogue.ts')
  const known = catalogue.get(code)
  const places = details.flatMap(({ path, message: of }) => (message.includes(of) ? [] : [`  ${path} ${of}`]))
  if (known === undefined || language === 'en') return [`${code}: ${message}`, ...places]
  return [
    `${code}:${say(known.says, language)}`,
    `  ${text === undefined ? message : say(text, language)}`,
    ...places,
    `  ${say(known.hint, language)}`,
  ]
}

function unknown(word: string, near: string | null, language: CliContext['language']): string {
  if (language === 'zh-CN') return `没有命令“${word}”${near === null ? '。' : `,是否想用 ${near}?`} 使用 sluice --help 查看全部命令。`
  return `There is no command “${word}”${near === null ? '.' : `; did you mean ${near}?`} See sluice --help.`
}
