import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { JournalItem, Page } from './shapes.ts'

/** An item as the API sends it: the fields people read, and the entry itself beside them. */
type SentItem = JournalItem & { readonly entry?: object }

const pageItems = 500

/** One flat item: what the kind of entry adds (waits, errors, next steps) beside the common fields, which win. */
export function wholeItem(item: SentItem): JournalItem {
  const { entry, ...common } = item
  return { ...entry, ...common }
}

/** Everything that happened in a run, in order. */
export const journalQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', 'journal', run],
    queryFn: async ({ signal }) => {
      const items: JournalItem[] = []
      let cursor: string | null = null
      do {
        const page: Page<SentItem> = await api.get(`/runs/${encodeURIComponent(run)}/journal`, { limit: pageItems, cursor }, signal)
        items.push(...page.items.map(wholeItem))
        cursor = page.next
      } while (cursor !== null)
      return items
    },
  })
