import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { words } from '@sluice/sdk'
import { readConfig } from '../config/config.ts'
import { settingNames } from '../config/names.ts'
import { knownAdmin, signInFile } from '../demo/sign-in-file.ts'
import { openLog } from '../log.ts'
import { editorFolder, type Running, serve } from '../serve.ts'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { readOptions } from './options.ts'

const settings = (language: 'en' | 'zh-CN') =>
  Object.entries(settingNames)
    .map(([name, { default: value, says }]) => `  ${name.padEnd(22)} ${says[language]}${value === '' ? '' : ` (${value})`}`)
    .join('\n')

export const start: CliCommand = {
  name: 'start',
  usage: 'sluice start',
  summary: words('Starts the server', '启动服务'),
  more: words(`Settings of the environment:\n${settings('en')}`, `环境变量:\n${settings('zh-CN')}`),
  async run(args, context) {
    readOptions(args, {}, { min: 0, max: 0 })
    const config = readConfig(context.environment)
    const log = openLog(config.log)
    const here = dirname(fileURLToPath(import.meta.url))
    const editor = editorFolder(join(here, '..', '..')) ?? editorFolder(join(here, '..', '..', '..'))
    const running = await serve(config, log, { editor, language: context.language })
    greet(running, config.data, context)
    await stopped()
    await running.stop()
    return exitCodes.ok
  },
}

/** Waits for the first signal; a second one does not wait for anything. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve()
        process.once(signal, () => process.exit(130))
      })
    }
  })
}

function greet({ url, demo, needsSetup }: Running, data: string, { language, say }: CliContext): void {
  const text = (en: string, zh: string) => (language === 'en' ? en : zh)
  say('')
  say(text(`  Sluice is ready:  ${url}`, `  Sluice 已就绪:  ${url}`))
  if (needsSetup) {
    say(text('  Open it and make the first admin.', '  请打开该地址并创建首位管理员。'))
  } else if (demo !== null) {
    say(text('  A demo workspace is loaded. Sign in as:', '  已载入演示工作区，可使用以下账号登录：'))
    for (const { role, email, password } of demo) say(`    ${role.padEnd(16)} ${email.padEnd(24)} ${password}`)
    say(text(`  The same list: ${signInFile(data)}`, `  该列表保存在:${signInFile(data)}`))
  } else {
    const admin = knownAdmin(data)
    if (admin !== null) say(text(`  Demo sign-ins: ${signInFile(data)}`, `  演示账号:${signInFile(data)}`))
  }
  say('')
}
