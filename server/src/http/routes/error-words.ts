import { say } from '@sluice/flows'
import { catalogue } from '../errors/catalogue.ts'
import type { ServerRoute } from '../route.ts'

/** Journals record errors by code, in English: whoever shows a run tells its reader from here what they mean. */
export function errorWordRoutes(): readonly ServerRoute[] {
  return [
    {
      method: 'GET',
      url: '/api/v1/errors',
      summary: 'Every error code in the reader’s language: what it means, what to do, and whether a retry can help',
      tag: 'system',
      pagedBy: 'code',
      handle({ language }) {
        const items = [...catalogue].map(([code, { says, hint, terminal }]) => ({
          code,
          says: say(says, language),
          hint: say(hint, language),
          retryHelps: !terminal,
        }))
        return { body: { items } }
      },
    },
  ]
}
