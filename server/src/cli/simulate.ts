import type { CompiledFlow } from '@sluice/engine/core'
import { nodeTypes } from '@sluice/nodes'
import { timed } from '@sluice/nodes/server'
import { play, readSimulation, Simulation, simulationView } from '@sluice/nodes/simulate'
import { words } from '@sluice/sdk'
import { checkFlow, isBlocked } from '../flows/check-flow.ts'
import { bodyValidator } from '../http/validate/validator.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { checkFile, flowsBeside, readText } from './flow-files.ts'
import { readJsonText } from './json-text.ts'
import { readOptions, textOption, UsageError } from './options.ts'

const check = bodyValidator(Simulation)

export const simulate: CliCommand = {
  name: 'simulate',
  usage: 'sluice simulate <file> [--event <json>] [--with <file>]',
  summary: words(
    'Plays a flow with a virtual clock and prints the timeline; no effect leaves',
    '以虚拟时钟运行流程并输出时间线，不产生任何外部动作',
  ),
  more: words(
    'Without --event and --with a flow that is started by hand is, and schedules and dates start runs for a year.\n--with names a JSON file like the body of POST /flows/{key}/simulate:\n{ "events": [ { "type", "subject", "data", "after": "PT1H" } ], "answers": { "step": { "action": "approve" } },\n  "mocks": { "step": { "port": "out", "data": … } }, "consents": [ { "customer", "purpose", "scene" } ], "until": "P30D" }',
    '不带 --event 与 --with 时，手动启动的流程会直接启动，定时与日期触发按一年的虚拟时间启动。\n--with 指定 JSON 文件，内容与 POST /flows/{key}/simulate 的请求体相同：\n{ "events": [ { "type", "subject", "data", "after": "PT1H" } ], "answers": { "step": { "action": "approve" } },\n  "mocks": { "step": { "port": "out", "data": … } }, "consents": [ { "customer", "purpose", "scene" } ], "until": "P30D" }',
  ),
  async run(args, context) {
    const parsed = readOptions(args, { event: { type: 'string' }, with: { type: 'string' } }, { min: 1, max: 1 })
    const [file = ''] = parsed.positionals
    const flow = compiled(file)
    const scene = textOption(parsed, 'with')
    const event = textOption(parsed, 'event')
    const begins = (types: readonly string[]) => flow.triggers.some((id) => types.includes(flow.nodes[id]?.type ?? ''))
    const byHand = begins(['core.manual'])
    if (scene === undefined && event === undefined && !byHand && !begins(Object.keys(timed)))
      throw new UsageError('--event or --with is needed', '缺少 --event 或 --with')
    const told =
      scene === undefined ? (event === undefined && byHand ? { start: {} } : {}) : (readJsonText('--with', readText(scene)) as object)
    const asked = { events: event === undefined ? [] : [readJsonText('--event', event)], ...told }
    const [wrong] = check(asked, context.language)
    if (wrong !== undefined) throw new UsageError(`${wrong.path}: ${wrong.message}`, `${wrong.path}:${wrong.message}`)
    const order = readSimulation(asked as Simulation, flow, [], Date.now())
    if (typeof order === 'string') throw new UsageError(`${order} is no duration`, `${order} 不是时长`)
    const result = await play(order)
    context.say(JSON.stringify(simulationView(flow, result), null, 2))
    return result.runs.some(({ status }) => status === 'failed' || status === 'incident') ? exitCodes.failed : exitCodes.ok
  },
}

/** The flow file, ready to run; what blocks publishing is refused. */
export function compiled(file: string): CompiledFlow {
  const { flow } = checkFile(file)
  const checked = flow === null ? null : checkFlow(flow, { nodeTypes, secrets: null, findFlow: flowsBeside(file) })
  if (checked === null || checked.compiled === null || isBlocked(checked.problems))
    throw new UsageError(`${file} has errors; sluice validate says which`, `${file} 有错误，可用 sluice validate 查看`)
  return checked.compiled
}
