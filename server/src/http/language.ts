export type Language = 'en' | 'zh-CN'

/** The language a reader prefers (RFC 9110 §12.5.4); English unless some Chinese outranks it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined || !/zh/i.test(acceptLanguage)) return 'en'
  let best: { readonly language: Language; readonly weight: number } = { language: 'en', weight: 0 }
  for (const part of acceptLanguage.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = /^zh\b/.test(tag) ? 'zh-CN' : /^en\b/.test(tag) ? 'en' : null
    const q = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined)
    const weight = q === undefined ? 1 : Number(q)
    if (language !== null && weight > best.weight) best = { language, weight }
  }
  return best.language
}
