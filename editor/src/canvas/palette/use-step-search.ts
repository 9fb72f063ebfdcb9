import { useEffect, useMemo, useState } from 'react'
import type { Catalogue, StepType } from '../../doc/index.ts'

/** Order of the groups (nodes/sdk). */
export const categories = ['trigger', 'consent', 'decide', 'flow', 'people', 'data', 'ai', 'message', 'crm'] as const

/** Nothing is searched as the canvas opens: what does it comes with the first touch of a search. */
let loaded: (typeof import('./search.ts') & typeof import('./keywords.ts') & Partial<typeof import('./pinyin.ts')>) | null = null

async function load() {
  const [search, keywords, pinyin] = await Promise.all([
    import('./search.ts'),
    import('./keywords.ts'),
    import('./pinyin.ts').catch(() => ({})),
  ])
  loaded = { ...search, ...keywords, ...pinyin }
  return loaded
}

export function textOf(text: StepType['label']): readonly string[] {
  return typeof text === 'string' ? [text] : [text['zh-CN'], text.en]
}

const none: ReadonlySet<string> = new Set()
const nobody: readonly string[] = []

/**
 * Searches step types in Chinese, English, pinyin and initials; of what is found equally well, those in `used` come first, then those
 * the `team` uses, in its order. What searches is fetched once it `isWanted`.
 */
export function useStepSearch(
  catalogue: Catalogue,
  {
    used = none,
    team = nobody,
    isWanted = true,
  }: { readonly used?: ReadonlySet<string>; readonly team?: readonly string[] | undefined; readonly isWanted?: boolean },
): (query: string) => readonly StepType[] {
  const [tools, setTools] = useState(loaded)
  useEffect(() => {
    if (loaded !== null || !isWanted) return
    let isHere = true
    // Without it steps are found as they are written.
    void load().then(
      (found) => isHere && setTools(found),
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [isWanted])
  return useMemo(() => {
    const rank = ({ type, category }: StepType) => {
      if (used.has(type)) return categories.indexOf(category)
      const place = team.indexOf(type)
      return categories.length + (place < 0 ? team.length + categories.indexOf(category) : place)
    }
    const ordered = [...catalogue.all].sort((a, b) => rank(a) - rank(b))
    if (tools === null)
      return (query) => ordered.filter(({ label }) => textOf(label).join('\n').toLowerCase().includes(query.trim().toLowerCase()))
    const index = tools.buildIndex(
      ordered.map((item) => ({
        item,
        names: textOf(item.label),
        keywords: [...tools.keywordsOf(item.type), item.type],
        text: textOf(item.summary).join(' '),
      })),
      tools.toPinyin ?? null,
    )
    return (query) => tools.search(index, query)
  }, [catalogue, tools, used, team])
}
