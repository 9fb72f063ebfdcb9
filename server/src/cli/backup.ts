import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { words } from '@sluice/sdk'
import { problem } from '@sluice/sdk/server'
import { readConfig } from '../config/config.ts'
import { openReader } from '../hosts/sqlite/connection.ts'
import { dataFolder } from '../hosts/sqlite/data-folder.ts'
import { backup as backupData, proveBackup, restore as restoreData } from '../hosts/sqlite/index.ts'
import { refuse } from '../http/errors/refusal.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { readOptions } from './options.ts'

export const backup: CliCommand = {
  name: 'backup',
  usage: 'sluice backup <to>',
  summary: words(
    'Copies the data into an empty folder and checks the copy; works beside a running server',
    '将数据备份到空文件夹并检查副本；可在服务运行时使用',
  ),
  async run(args, context) {
    const { positionals } = readOptions(args, {}, { min: 1, max: 1 })
    const folder = dataFolder(readConfig(context.environment).data)
    const to = resolve(positionals[0] ?? '')
    if (!existsSync(folder.database)) throw refuse('SLU_DATA_MISSING', { values: { folder: folder.root } })
    const db = openReader(folder.database)
    try {
      // All pages in one step: in steps, another process's writes would make the copy begin again and again.
      const whole = { backup: (file: string) => db.backup(file, { progress: () => 2_147_483_647 }) }
      await backupData(whole, folder, to, Date.now())
    } finally {
      db.close()
    }
    const { bad } = proveBackup(to)
    if (bad !== null) throw damaged(to, bad)
    context.say(context.language === 'en' ? `Backed up to ${to}` : `已备份到 ${to}`)
    return exitCodes.ok
  },
}

/** The copy stays: what can still be read of it may be all there is. */
function damaged(to: string, { check, where, why }: { readonly check: string; readonly where: string; readonly why: string }): Error {
  return problem(
    'SLU_DATA_DAMAGED',
    500,
    words(
      `The data is damaged (${check}): ${where}: ${why}. The copy in ${to} is, too, and no restore takes it; keep the backups from before.`,
      `数据已损坏(${check})：${where}：${why}。${to} 中的副本同样已损坏，无法用于恢复；请保留此前的备份。`,
    ),
  )
}

export const restore: CliCommand = {
  name: 'restore',
  usage: 'sluice restore <from>',
  summary: words('Puts a backup in place of the data; the server must not run', '用备份替换数据；须先停止服务'),
  async run(args, context) {
    const { positionals } = readOptions(args, {}, { min: 1, max: 1 })
    const { data } = readConfig(context.environment)
    const from = resolve(positionals[0] ?? '')
    const { findings } = await restoreData(data, from, Date.now())
    for (const { name, checked } of findings) context.say(`✓ ${name.padEnd(8)} ${checked}`)
    context.say(
      context.language === 'en'
        ? `Restored from ${from}; what was there lies under backups/`
        : `已从 ${from} 恢复；原有数据保存在 backups/ 下`,
    )
    return exitCodes.ok
  },
}
