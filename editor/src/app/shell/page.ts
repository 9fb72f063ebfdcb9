import { useEffect } from 'react'
import { create } from 'zustand'
import { translate } from '../i18n/index.ts'

export interface Crumb {
  readonly label: string
  readonly href?: string
}

export interface PageHead {
  /** From the screen down to the thing; the last one is the title of the tab. */
  readonly crumbs: readonly Crumb[]
  /** What the thing on screen is beside what runs: a draft, the live version, or a draft that differs from it. */
  readonly environment?: { readonly kind: 'draft' } | { readonly kind: 'live' | 'changed'; readonly version: number }
}

export const usePageHead = create<PageHead>(() => ({ crumbs: [] }))

/** Each screen says where it is: breadcrumb, environment badge, title of the tab. */
export function usePage(head: PageHead): void {
  const key = JSON.stringify(head)
  useEffect(() => {
    const next = JSON.parse(key) as PageHead
    usePageHead.setState(next, true)
    const last = next.crumbs.at(-1)?.label
    document.title = last === undefined ? translate('app.name') : `${last} · ${translate('app.name')}`
  }, [key])
}
