import { queryOptions } from '@tanstack/react-query'
import { api, type Page } from '../../app/api/index.ts'

/** What a thread is about; the ids are those of the flow file. */
export type Anchor =
  | { readonly kind: 'step' | 'edge' | 'group'; readonly id: string }
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  | { readonly kind: 'flow' }

type Text = string | { readonly en: string; readonly 'zh-CN': string }

export interface Comment {
  readonly id: string
  readonly author: string
  readonly isMine: boolean
  readonly mentions: readonly { readonly id: string; readonly name: string }[]
  readonly text: string
  readonly at: string
  readonly editedAt: string | null
  readonly isDeleted: boolean
}

export interface Thread {
  readonly id: string
  readonly anchor: Anchor
  /** What it was called when somebody began; two names for a wire. */
  readonly about: Text | readonly Text[]
  readonly state: 'open' | 'resolved'
  readonly assignee: { readonly id: string; readonly name: string } | null
  readonly resolvedBy: string | null
  readonly comments: readonly Comment[]
}

export const textMax = 2_000
/** As many as the drawing and the list show. */
const threadsMax = 500

const at = (flow: string) => `/flows/${encodeURIComponent(flow)}/comments`

export const threadsQuery = (flow: string) =>
  queryOptions({
    queryKey: ['flow-comments', flow],
    queryFn: async ({ signal }): Promise<readonly Thread[]> => {
      const threads: Thread[] = []
      let cursor: string | null = null
      do {
        const page: Page<Thread> = await api.get<Page<Thread>>(at(flow), cursor === null ? undefined : { cursor }, signal)
        threads.push(...page.items)
        cursor = page.next
      } while (cursor !== null && threads.length < threadsMax)
      return threads
    },
    staleTime: 60_000,
  })

export type Act =
  | { readonly do: 'begin'; readonly anchor: Anchor; readonly text: string; readonly mentions: readonly string[] }
  | { readonly do: 'reply'; readonly thread: string; readonly text: string; readonly mentions: readonly string[] }
  | { readonly do: 'edit'; readonly id: string; readonly text: string; readonly mentions: readonly string[] }
  | { readonly do: 'settle'; readonly thread: string; readonly resolved?: boolean; readonly assignee?: string | null }
  | { readonly do: 'delete'; readonly id: string }

export async function act(flow: string, what: Act): Promise<Thread | null> {
  switch (what.do) {
    case 'begin':
      return api.post<Thread>(at(flow), { anchor: what.anchor, text: what.text, mentions: what.mentions })
    case 'reply':
      return api.post<Thread>(`${at(flow)}/${what.thread}/replies`, { text: what.text, mentions: what.mentions })
    case 'edit':
      return api.patch<Thread>(`${at(flow)}/${what.id}`, { text: what.text, mentions: what.mentions })
    case 'settle': {
      const { thread, resolved, assignee } = what
      return api.patch<Thread>(`${at(flow)}/${thread}`, {
        ...(resolved !== undefined && { resolved }),
        ...(assignee !== undefined && { assignee }),
      })
    }
    case 'delete':
      await api.delete(`${at(flow)}/${what.id}`)
      return null
  }
}
