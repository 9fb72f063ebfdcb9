import { existsSync } from 'node:fs'
import { nodeTypes } from '@sluice/nodes'
import { words } from '@sluice/sdk'
import { readConfig } from '../config/config.ts'
import { dataFolder } from '../hosts/sqlite/data-folder.ts'
import { openEngineReader } from '../hosts/sqlite/reader/index.ts'
import { refuse } from '../http/errors/refusal.ts'
import { replayEvents } from '../simulation/replay.ts'
import { type ReplayItem, replayDraft, replayLimits } from '../simulation/replay-draft.ts'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { readOptions, textOption, UsageError } from './options.ts'
import { compiled } from './simulate.ts'

const dayMs = 86_400_000

export const replay: CliCommand = {
  name: 'replay',
  usage: 'sluice replay <file> [--days <n>] [--limit <n>] [--format text|json]',
  summary: words('Says what a flow would have done with the real events of the last month', '用最近一个月的真实事件说明流程会有何不同'),
  more: words(
    'Reads the data of SLUICE_DATA beside a running server and writes nothing. Effects are stubbed with what was recorded; consent counts as it\nstood at each event’s time. Exit code 1 when something would have been different.',
    '读取 SLUICE_DATA 中的数据（可在服务运行时使用），不写入任何内容。外部动作以记录的结果代替，授权以事件发生时为准。\n有差异时退出码为 1。',
  ),
  async run(args, context) {
    const text = { type: 'string' } as const
    const parsed = readOptions(args, { days: text, limit: text, format: text }, { min: 1, max: 1 })
    const days = numberOf(textOption(parsed, 'days') ?? '30', 400, '--days')
    const limit = numberOf(textOption(parsed, 'limit') ?? String(replayLimits.eventsDefault), replayLimits.eventsMax, '--limit')
    const json = textOption(parsed, 'format') === 'json'
    const flow = compiled(parsed.positionals[0] ?? '')
    const folder = dataFolder(readConfig(context.environment).data)
    if (!existsSync(folder.database)) throw refuse('SLU_DATA_MISSING', { values: { folder: folder.root } })
    const reader = openEngineReader(folder)
    try {
      const to = Date.now()
      const items = replayDraft(reader, nodeTypes, flow, { from: to - days * dayMs, to, limit }, (draft, events) =>
        replayEvents({ kind: 'replay', flow: draft, events }),
      )
      let changed = 0
      for await (const item of items) {
        if (json) context.say(JSON.stringify(item))
        else tell(item, context)
        if (item.kind === 'end') changed = item.totals.changed
      }
      return changed === 0 ? exitCodes.ok : exitCodes.failed
    } finally {
      reader.close()
    }
  },
}

function tell(item: ReplayItem, { say, language }: CliContext): void {
  const text = (en: string, zh: string) => (language === 'en' ? en : zh)
  if (item.kind === 'outcome' && item.outcome.replayed && item.outcome.changes.length > 0)
    say(`~ ${item.outcome.run ?? item.outcome.event}: ${item.outcome.changes.join(', ')}`)
  if (item.kind !== 'end') return
  const { events, replayed, changed, notReplayed, acts, more } = item.totals
  say(
    text(
      `${replayed} of ${events} replayed, ${changed} would have been different`,
      `共 ${events} 个，可重放 ${replayed} 个，其中 ${changed} 个会不同`,
    ),
  )
  for (const [why, count] of Object.entries(notReplayed)) say(`  ${why}: ${count}`)
  for (const [node, { before, after }] of Object.entries(acts)) if (before !== after) say(`  ${node}: ${before} → ${after}`)
  if (more) say(text('  there were more events; raise --limit', '  还有更多事件，可提高 --limit'))
}

function numberOf(text: string, max: number, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new UsageError(`${name} is a number from 1 to ${max}`, `${name} 须为 1 到 ${max} 的数字`)
  return value
}
