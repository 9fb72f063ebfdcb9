export type CliLanguage = 'en' | 'zh-CN'

/** The shell's language, by the same order as gettext. */
export function shellLanguage(environment: { readonly [name: string]: string | undefined }): CliLanguage {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh-CN' : 'en'
}
