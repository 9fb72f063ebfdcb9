import { type ParseArgsConfig, parseArgs } from 'node:util'
import { suggest } from '../config/suggest.ts'

/** A mistake in how the command was typed: exit code 2, with the usage. */
export class UsageError extends Error {
  readonly said: { readonly en: string; readonly 'zh-CN': string }

  constructor(en: string, zh: string) {
    super(en)
    this.said = { en, 'zh-CN': zh }
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

export interface Parsed {
  readonly values: { readonly [name: string]: string | boolean | undefined }
  readonly positionals: readonly string[]
}

/** Reads options and places; a misspelt option is refused with the one that was meant. */
export function readOptions(args: readonly string[], options: Options, places: { readonly min: number; readonly max: number }): Parsed {
  for (const argument of args) {
    const name = /^--([^=]+)/.exec(argument)?.[1]
    if (name !== undefined && !(name in options)) {
      const near = suggest(name, Object.keys(options))
      throw new UsageError(
        `--${name} is no option here${near === null ? '' : `; did you mean --${near}?`}`,
        `没有选项 --${name}${near === null ? '' : `,是否想用 --${near}?`}`,
      )
    }
  }
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const { message } = error as Error
    throw new UsageError(message, `选项有误：${message}`)
  }
  const { length } = parsed.positionals
  if (length < places.min) throw new UsageError('something is missing', '缺少参数')
  if (length > places.max) throw new UsageError('that is too much', '参数过多')
  return { values: parsed.values as Parsed['values'], positionals: parsed.positionals }
}

export function textOption({ values }: Parsed, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
