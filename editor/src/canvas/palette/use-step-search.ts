import { useEffect, useMemo, useState } from 'react'
import type { Catalogue, StepType } from '../../doc/index.ts'
import { buildIndex, search, type ToPinyin } from './search.ts'

/** Order of the groups (nodes/sdk). */
export const categories = ['trigger', 'consent', 'decide', 'flow', 'people', 'data', 'ai', 'message', 'crm'] as const

let loaded: ToPinyin | null = null

export function textOf(text: StepType['label']): readonly string[] {
  return typeof text === 'string' ? [text] : [text['zh-CN'], text.en]
}

const none: ReadonlySet<string> = new Set()

/** Searches step types in Chinese, English, pinyin and initials; of what is found equally well, those in `used` come first. */
export function useStepSearch(catalogue: Catalogue, used: ReadonlySet<string> = none): (query: string) => readonly StepType[] {
  const [pinyin, setPinyin] = useState(() => loaded)
  useEffect(() => {
    if (loaded !== null) return
    let isHere = true
    // Without it steps are found as they are written.
    void import('./pinyin.ts').then(
      (module) => {
        loaded = module.toPinyin
        if (isHere) setPinyin(() => module.toPinyin)
      },
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [])
  return useMemo(() => {
    const rank = ({ type, category }: StepType) => (used.has(type) ? 0 : categories.length) + categories.indexOf(category)
    const ordered = [...catalogue.all].sort((a, b) => rank(a) - rank(b))
    const index = buildIndex(
      ordered.map((item) => ({
        item,
        names: textOf(item.label),
        keywords: [...(item.keywords ?? []), item.type],
        text: textOf(item.summary).join(' '),
      })),
      pinyin,
    )
    return (query) => search(index, query)
  }, [catalogue, pinyin, used])
}
