import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { words } from '@sluice/sdk'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { type NewFile, nodeFiles, packFiles, variableOf } from './new-files.ts'
import { readOptions, UsageError } from './options.ts'

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const charsMax = 40

export const newNode: CliCommand = {
  name: 'new node',
  usage: 'sluice new node <pack>.<name>',
  summary: words('Writes a step type with its test into a pack', '在组件包中生成一个步骤类型及其测试'),
  async run(args, context) {
    const [pack = '', name = '', ...rest] = (readOptions(args, {}, { min: 1, max: 1 }).positionals[0] ?? '').split('.')
    if (rest.length > 0 || !isName(pack) || !isName(name))
      throw new UsageError(
        'The name is <pack>.<name> in small letters, for example crm.find-duplicate',
        '名称格式为 <组件包>.<名称>，使用小写字母，例如 crm.find-duplicate',
      )
    const folder = join(nodesFolder(), pack)
    if (!existsSync(join(folder, 'index.ts')))
      throw new UsageError(
        `There is no pack ${pack}; make it with sluice new pack ${pack}`,
        `没有组件包 ${pack}，可用 sluice new pack ${pack} 创建`,
      )
    write(folder, nodeFiles(pack, name), context)
    const variable = variableOf(name)
    context.say(
      context.language === 'en'
        ? `Now add ${variable} to the nodes of ${join(folder, 'index.ts')}`
        : `接下来请在 ${join(folder, 'index.ts')} 的 nodes 中加入 ${variable}`,
    )
    return exitCodes.ok
  },
}

export const newPack: CliCommand = {
  name: 'new pack',
  usage: 'sluice new pack <name>',
  summary: words('Writes a pack with one step and its test', '生成一个含有示例步骤与测试的组件包'),
  async run(args, context) {
    const [name = ''] = readOptions(args, {}, { min: 1, max: 1 }).positionals
    if (!isName(name))
      throw new UsageError('The name is in small letters with hyphens, for example loyalty', '名称使用小写字母与连字符，例如 loyalty')
    const folder = join(nodesFolder(), name)
    if (existsSync(folder)) throw new UsageError(`${folder} exists already`, `${folder} 已存在`)
    write(folder, packFiles(name), context)
    const pack = `${variableOf(name)}Pack`
    context.say(
      context.language === 'en'
        ? `Now import ${pack} in nodes/catalogue.ts and add it to packs`
        : `接下来请在 nodes/catalogue.ts 中导入 ${pack} 并加入 packs`,
    )
    return exitCodes.ok
  },
}

function isName(text: string): boolean {
  return text.length <= charsMax && kebab.test(text)
}

function nodesFolder(): string {
  if (existsSync(join('nodes', 'catalogue.ts'))) return 'nodes'
  throw new UsageError('Run this in the folder of the Sluice sources', '请在 Sluice 源码目录中运行')
}

/** Nothing is written over: the first file that is there already stops it before anything is written. */
function write(folder: string, files: readonly NewFile[], { say }: CliContext): void {
  const taken = files.map(({ path }) => join(folder, path)).find((path) => existsSync(path))
  if (taken !== undefined) throw new UsageError(`${taken} exists already`, `${taken} 已存在`)
  for (const { path, text } of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
    say(`+ ${file}`)
  }
}
