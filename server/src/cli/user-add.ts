import { readFileSync } from 'node:fs'
import { words } from '@sluice/sdk'
import { assertStrong, hashPassword } from '../auth/password.ts'
import { newPassword } from '../auth/secret-text.ts'
import { readConfig } from '../config/config.ts'
import { roleNames } from '../policy/roles.ts'
import { type CliCommand, exitCodes } from './command.ts'
import { readOptions, textOption, UsageError } from './options.ts'
import { withEngine } from './with-engine.ts'

export const userAdd: CliCommand = {
  name: 'user add',
  usage: 'sluice user add --email <e-mail> --name <name> --role <role> [--password-stdin]',
  summary: words('Adds a person; prints a new password unless one comes on stdin', '添加用户；未从标准输入提供密码时自动生成并打印'),
  more: words(
    `Roles: ${roleNames.join(', ')}. With the server running, use Settings instead.`,
    `角色：${roleNames.join('、')}。服务运行时请在“设置”中操作。`,
  ),
  async run(args, context) {
    const text = { type: 'string' } as const
    const parsed = readOptions(
      args,
      { email: text, name: text, role: text, rep: text, 'password-stdin': { type: 'boolean' } },
      { min: 0, max: 0 },
    )
    const email = textOption(parsed, 'email')
    const name = textOption(parsed, 'name') ?? email
    const role = textOption(parsed, 'role')
    if (email === undefined || name === undefined || role === undefined)
      throw new UsageError('--email and --role are needed', '缺少 --email 或 --role')
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new UsageError('--email is no e-mail address', '--email 不是邮箱地址')
    const given = parsed.values['password-stdin'] === true ? readFileSync(0, 'utf8').replace(/\r?\n$/, '') : null
    const password = given ?? newPassword()
    assertStrong(password, email)
    const rep = textOption(parsed, 'rep') ?? null
    const user = {
      email,
      name,
      roles: role.split(','),
      rep,
      passwordHash: await hashPassword(password),
      language: context.language,
      grantor: null,
    }
    const { id } = await withEngine(readConfig(context.environment).data, (command) => command<{ id: string }>('users.create', user))
    context.say(`${id}  ${email}${given === null ? `  ${password}` : ''}`)
    return exitCodes.ok
  },
}
