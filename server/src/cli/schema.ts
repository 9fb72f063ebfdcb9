import { words } from '@sluice/sdk'
import { flowSchema } from '../flows/flow-schema.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { readOptions } from './options.ts'

export const schema: CliCommand = {
  name: 'schema',
  usage: 'sluice schema',
  summary: words('Prints the JSON Schema of the flow file', '输出流程文件的 JSON Schema'),
  async run(args, { say }) {
    readOptions(args, {}, { min: 0, max: 0 })
    say(flowSchema().trimEnd())
    return exitCodes.ok
  },
}
