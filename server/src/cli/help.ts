import type { CliCommand } from './command.ts'
import type { CliLanguage } from './language.ts'

export function overview(commands: readonly CliCommand[], language: CliLanguage): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length))
  const lines = commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary[language]}`)
  const [head, foot] =
    language === 'en'
      ? ['Sluice: flows that obey their customers’ consent.', 'sluice <command> --help says more about one.']
      : ['Sluice:尊重客户授权的流程引擎。', '使用 sluice <命令> --help 查看某个命令的说明。']
  return [head, '', ...lines, '', foot].join('\n')
}

export function helpFor({ usage, summary, more }: CliCommand, language: CliLanguage): string {
  return [usage, '', `  ${summary[language]}`, ...(more === undefined ? [] : ['', more[language]])].join('\n')
}
