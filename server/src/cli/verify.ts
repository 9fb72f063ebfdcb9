import { words } from '@sluice/sdk'
import { readConfig } from '../config/config.ts'
import { dataFolder } from '../hosts/sqlite/data-folder.ts'
import { verifyDatabase } from '../hosts/sqlite/index.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { readOptions } from './options.ts'

export const verify: CliCommand = {
  name: 'verify',
  usage: 'sluice verify',
  summary: words('Checks database, journal and audit chain; works beside a running server', '检查数据库、日志与审计链；可在服务运行时使用'),
  async run(args, context) {
    readOptions(args, {}, { min: 0, max: 0 })
    const { ok, findings } = verifyDatabase(dataFolder(readConfig(context.environment).data).database)
    for (const { name, ok: clean, checked, bad } of findings) {
      context.say(`${clean ? '✓' : '✗'} ${name.padEnd(8)} ${checked}${bad === null ? '' : `  ${bad.where}: ${bad.why}`}`)
    }
    return ok ? exitCodes.ok : exitCodes.failed
  },
}
