import { canonicalJson, diffFlows, type FlowDefinition, type FlowDiff } from '@sluice/flows'
import { words } from '@sluice/sdk'
import { type CliCommand, exitCodes } from './command.ts'
import { checkFile } from './flow-files.ts'
import type { CliLanguage } from './language.ts'
import { readOptions, textOption, UsageError } from './options.ts'

export const diff: CliCommand = {
  name: 'diff',
  usage: 'sluice diff <a> <b> [--format text|json]',
  summary: words('Says what two flow files differ in; exit code 1 when they behave differently', '比较两个流程文件；行为不同时退出码为 1'),
  more: words('Only the place of a step on the canvas differs: exit code 0.', '仅画布位置不同时退出码为 0。'),
  async run(args, context) {
    const parsed = readOptions(args, { format: { type: 'string' } }, { min: 2, max: 2 })
    const format = textOption(parsed, 'format') ?? 'text'
    if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json', '--format 须为 text 或 json')
    const [before, after] = parsed.positionals.map(readable)
    if (before === undefined || after === undefined) return exitCodes.usage
    const found = diffFlows(before, after)
    if (format === 'json') context.say(JSON.stringify(found, null, 2))
    else for (const line of linesOf(found, context.language)) context.say(line)
    return found.sameBehaviour ? exitCodes.ok : exitCodes.failed
  },
}

function readable(file: string): FlowDefinition {
  const { flow } = checkFile(file)
  if (flow === null)
    throw new UsageError(`${file} is no flow file; sluice validate says why`, `${file} 不是流程文件，可用 sluice validate 查看原因`)
  return flow
}

function linesOf({ nodes, edges, groups, settings, same, sameBehaviour }: FlowDiff, language: CliLanguage): readonly string[] {
  const text = (en: string, zh: string) => (language === 'en' ? en : zh)
  if (same) return [text('no difference', '没有差异')]
  const parts = [...nodes.changed, ...groups.changed].flatMap(({ id, fields }) =>
    fields.map((field) => ({ ...field, path: `${id}${field.path}` })),
  )
  const changes = [...parts, ...settings].map(({ path, before, after }) => `~ ${path}: ${shown(before)} → ${shown(after)}`)
  return [
    ...nodes.added.map(({ id, type }) => `+ ${id} (${type})`),
    ...nodes.removed.map(({ id, type }) => `- ${id} (${type})`),
    ...groups.added.map(({ id }) => `+ ${text('group', '分组')} ${id}`),
    ...groups.removed.map(({ id }) => `- ${text('group', '分组')} ${id}`),
    ...changes,
    ...edges.added.map(({ from, to }) => `+ ${from} → ${to}`),
    ...edges.removed.map(({ from, to }) => `- ${from} → ${to}`),
    ...(sameBehaviour ? [text('same behaviour; only the drawing differs', '行为相同，仅画布布局不同')] : []),
  ]
}

function shown(value: unknown): string {
  if (value === undefined) return '∅'
  const text = canonicalJson(value as never)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
