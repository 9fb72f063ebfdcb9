import type { Text } from '@sluice/sdk'
import { type Cell, isPurpose, isScene, type Mask, maskOf } from './grid.ts'

/** Several cells offered on one screen. A bundle is a way to ask, never a unit of consent: accepting it writes one record per cell. */
export interface Bundle {
  readonly id: string
  readonly title: Text
  readonly items: readonly (Cell & { readonly defaultOn?: boolean })[]
}

export const bundleItemsMax = 4

export interface BundleProblem {
  readonly code:
    | 'BUNDLE_EMPTY'
    | 'BUNDLE_TOO_LONG'
    | 'BUNDLE_PRETICKED'
    | 'BUNDLE_SEPARATE_CONSENT'
    | 'BUNDLE_CELL_UNKNOWN'
    | 'BUNDLE_CELL_TWICE'
  readonly path: string
}

/** What is wrong with a bundle; empty when it may be offered. Sharing with third parties must be asked alone, in both legal orders. */
export function checkBundle(bundle: Bundle): BundleProblem[] {
  const problems: BundleProblem[] = []
  if (bundle.items.length === 0) problems.push({ code: 'BUNDLE_EMPTY', path: '/items' })
  if (bundle.items.length > bundleItemsMax) problems.push({ code: 'BUNDLE_TOO_LONG', path: '/items' })
  const seen = new Set<string>()
  bundle.items.forEach((item, index) => {
    const path = `/items/${index}`
    if (!isPurpose(item.purpose) || !isScene(item.scene)) problems.push({ code: 'BUNDLE_CELL_UNKNOWN', path })
    if (item.defaultOn === true) problems.push({ code: 'BUNDLE_PRETICKED', path })
    if (item.purpose === 'third_party_sharing') problems.push({ code: 'BUNDLE_SEPARATE_CONSENT', path })
    const key = `${item.purpose}/${item.scene}`
    if (seen.has(key)) problems.push({ code: 'BUNDLE_CELL_TWICE', path })
    seen.add(key)
  })
  return problems
}

export function bundleMask(bundle: Bundle): Mask {
  return maskOf(bundle.items)
}

export const experiencePack: Bundle = {
  id: 'experience-pack',
  title: { en: 'Experience pack', 'zh-CN': '体验增强包' },
  items: [
    { purpose: 'recommendation', scene: 'test_drive' },
    { purpose: 'recommendation', scene: 'quote_push' },
    { purpose: 'recommendation', scene: 'event_invite' },
  ],
}
