import type { FlowDefinition } from '@sluice/flows'
import type { WriteContext } from '@sluice/sdk/server'
import { flowNames } from './flow-name-table.ts'
import { drafts } from './tables.ts'

/** For comparing words as people do: width, case and accents do not matter. */
export function foldWords(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

export function wordsOf(key: string, file: string): string {
  const { name } = JSON.parse(file) as FlowDefinition
  return foldWords([key, ...(typeof name === 'string' ? [name] : Object.values(name))].join('\n'))
}

const atOnce = 200

/** Command `flow.name-all`: for data of a release that kept no names. */
export function nameFlows({ records }: WriteContext): void {
  let after = ''
  for (;;) {
    const rows = records.list(drafts, { where: { key: { gt: after } }, orderBy: [['key', 'asc']], limit: atOnce })
    for (const { key, file } of rows) {
      const { folder = null, owner = null } = records.find(flowNames, { key }) ?? {}
      records.upsert(flowNames, { key, words: wordsOf(key, file), folder, owner })
    }
    if (rows.length < atOnce) return
    after = rows.at(-1)?.key ?? ''
  }
}
