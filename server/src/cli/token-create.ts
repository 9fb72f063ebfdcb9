import { words } from '@sluice/sdk'
import { hashSecret, newSecret, tokenPrefix, tokenPrefixChars } from '../auth/secret-text.ts'
import { readConfig } from '../config/config.ts'
import { roleNames } from '../policy/roles.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { readOptions, textOption, UsageError } from './options.ts'
import { withEngine } from './with-engine.ts'

export const tokenCreate: CliCommand = {
  name: 'token create',
  usage: 'sluice token create --name <name> --role <role> [--days <n>]',
  summary: words('Makes an API token and prints it this once', '创建 API 令牌并仅显示一次'),
  more: words(
    `Roles: ${roleNames.join(', ')}. With the server running, use Settings instead.`,
    `角色：${roleNames.join('、')}。服务运行时请在“设置”中操作。`,
  ),
  async run(args, context) {
    const text = { type: 'string' } as const
    const parsed = readOptions(args, { name: text, role: text, days: text }, { min: 0, max: 0 })
    const name = textOption(parsed, 'name')
    const role = textOption(parsed, 'role')
    const days = textOption(parsed, 'days')
    if (name === undefined || role === undefined) throw new UsageError('--name and --role are needed', '缺少 --name 或 --role')
    if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
      throw new UsageError('--days is a number from 1 to 9999', '--days 须为 1 到 9999 的数字')
    const token = newSecret(tokenPrefix)
    const expiresAt = days === undefined ? null : Date.now() + Number(days) * 86_400_000
    const row = {
      name,
      roles: role.split(','),
      expiresAt,
      prefix: token.slice(0, tokenPrefixChars),
      hash: hashSecret(token),
      grantor: null,
    }
    await withEngine(readConfig(context.environment).data, (command) => command('tokens.create', row))
    context.say(token)
    return exitCodes.ok
  },
}
