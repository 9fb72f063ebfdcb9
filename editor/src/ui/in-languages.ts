/** One text in the languages of the product: read in one's own, not as two. */
export function isInLanguages(value: unknown): value is { readonly en: string; readonly 'zh-CN': string } {
  if (typeof value !== 'object' || value === null) return false
  return (
    Object.keys(value).length === 2 && 'en' in value && 'zh-CN' in value && Object.values(value).every((each) => typeof each === 'string')
  )
}
