import type { Json } from '@sluice/flows'
import { words } from '@sluice/sdk'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { checkFile } from './flow-files.ts'
import { readJsonText } from './json-text.ts'
import { readOptions, textOption, UsageError } from './options.ts'
import { workbench } from './workbench.ts'

/** Far enough for every timer of an ordinary flow; a flow that still waits then waits for something else. */
const horizonMs = 366 * 86_400_000

export const run: CliCommand = {
  name: 'run',
  usage: 'sluice run <file> [--input <json>] [--event <json>] [--advance]',
  summary: words('Runs one flow in memory; nothing leaves the machine', '在内存中运行一个流程，不产生任何外部动作'),
  more: words(
    '--input starts the flow by hand with this data; --event sends a CloudEvents event (type, subject, data).\nActs on the outside world answer with their own request. --advance lets timers fire in virtual time.',
    '--input 以该数据手动启动流程；--event 发送一个 CloudEvents 事件(type、subject、data)。\n对外动作以其请求内容作为结果。--advance 在虚拟时间中触发定时器。',
  ),
  async run(args, context) {
    const options = { input: { type: 'string' }, event: { type: 'string' }, advance: { type: 'boolean' } } as const
    const parsed = readOptions(args, options, { min: 1, max: 1 })
    const [file = ''] = parsed.positionals
    const { flow, problems } = checkFile(file)
    if (flow === null || problems.some(({ severity }) => severity === 'error'))
      throw new UsageError(`${file} has errors; sluice validate says which`, `${file} 有错误，可用 sluice validate 查看`)
    const bench = workbench(flow, {}, Date.now())
    const event = textOption(parsed, 'event')
    const id =
      event === undefined
        ? bench.start(readJsonText('--input', textOption(parsed, 'input') ?? 'null'))
        : bench.send(eventOf(readJsonText('--event', event)))
    if (id === null) throw new UsageError('The flow does not listen to this event', '该流程不监听此事件')
    await (parsed.values.advance === true ? bench.advance(horizonMs) : bench.settle())
    return show(bench.run(id), context)
  },
}

function show({ status, output, error, outputs, tokens }: ReturnType<ReturnType<typeof workbench>['run']>, { say }: CliContext): number {
  const waits = Object.values(tokens).map(({ node, wait, state }) => ({ node, waitsFor: wait?.kind ?? state }))
  // While it stands still the reason is with the step.
  const why = error ?? Object.values(tokens).find(({ state }) => state === 'incident')?.error ?? null
  say(JSON.stringify({ state: status, output, error: why, waits, outputs }, null, 2))
  return status === 'failed' || status === 'incident' ? exitCodes.failed : exitCodes.ok
}

function eventOf(value: Json): { readonly type: string; readonly subject: string | null; readonly data: Json } {
  const { type, subject, data } = (value ?? {}) as { type?: unknown; subject?: unknown; data?: Json }
  if (typeof type !== 'string') throw new UsageError('--event needs a type', '--event 缺少 type')
  return { type, subject: typeof subject === 'string' ? subject : null, data: data ?? null }
}
