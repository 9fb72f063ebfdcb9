import type { CliLanguage } from './language.ts'

export interface CliContext {
  readonly language: CliLanguage
  readonly environment: { readonly [name: string]: string | undefined }
  /** One line to stdout. */
  say(text: string): void
  /** One line to stderr. */
  complain(text: string): void
}

export interface CliCommand {
  /** `user add`, as it is typed. */
  readonly name: string
  readonly usage: string
  readonly summary: { readonly en: string; readonly 'zh-CN': string }
  /** Lines under the summary in `--help`. */
  readonly more?: { readonly en: string; readonly 'zh-CN': string }
  /** Gives the exit code. */
  run(args: readonly string[], context: CliContext): Promise<number>
}

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const
