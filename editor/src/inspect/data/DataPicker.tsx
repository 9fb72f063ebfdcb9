import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { SearchField } from '../../ui/index.ts'
import styles from './DataPane.module.css'
import { DataTree } from './DataTree.tsx'
import { documentOf } from './document.ts'
import { useScope } from './scope-context.ts'

/** Everything that can be picked here, from the sample shown. */
export function DataPicker({ onPick }: { readonly onPick: (path: string, value: unknown) => void }) {
  const t = useT()
  const { scope } = useScope()
  const [query, setQuery] = useState('')
  if (scope === null) return <p className={styles.none}>{t('inspect.data.none')}</p>
  const { event, input, nodes } = documentOf(scope)
  const shown = query.trim() === '' ? { event, input, nodes } : narrowed({ event, input, nodes }, query.trim().toLowerCase())
  return (
    <div className={styles.picker}>
      <SearchField label={t('inspect.data.search')} value={query} onChange={setQuery} />
      <div className={styles.pickerTree}>
        <DataTree key={query} value={shown} root={[]} onPick={onPick} opened={query === '' ? 3 : 8} />
      </div>
    </div>
  )
}

/** Only branches that hold the word in a name or a value. */
function narrowed(value: unknown, word: string, depth = 0): unknown {
  if (depth > 8 || typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([name, each]) => {
    if (name.toLowerCase().includes(word)) return [[name, each] as const]
    if (typeof each === 'object' && each !== null) {
      const below = narrowed(each, word, depth + 1)
      return Object.keys(below as object).length > 0 ? [[name, below] as const] : []
    }
    return String(each).toLowerCase().includes(word) ? [[name, each] as const] : []
  })
  return Object.fromEntries(kept)
}
