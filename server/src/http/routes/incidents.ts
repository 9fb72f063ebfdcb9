import { say } from '@sluice/flows'
import { Type } from 'typebox'
import { type VersionRow, versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { catalogue } from '../errors/catalogue.ts'
import type { Language } from '../language.ts'
import { idCursorOf, instant, limitOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { runLens } from './run-lens.ts'

const Query = Type.Object(
  { flow: Type.Optional(Type.String({ maxLength: 64 })), run: Type.Optional(Type.String({ maxLength: 64 })), ...pageQuery },
  { additionalProperties: false },
)

/** Where runs stand still for an operator: what happened, why, and what to do. */
export function incidentRoutes(door: Door): readonly ServerRoute[] {
  const { runs, records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/incidents',
      summary: 'Steps that stand still for an operator, each with its cause and its fix; newest run first',
      tag: 'runs',
      query: Query,
      handle({ query, caller, language }) {
        const { flow, run: only } = query
        const sight = door.sight(caller)
        const page = runs.list({
          status: 'incident',
          ...(only === undefined ? {} : { ids: [only] }),
          ...(flow === undefined ? {} : { flow }),
          ...limitOf(query),
          ...idCursorOf(query),
        })
        const labels = new Map<string, ReadonlyMap<string, unknown>>()
        const items = page.items.flatMap((run) => {
          const lens = runLens(runs, run, sight)
          const stuck = Object.values(runs.state(run.id)?.tokens ?? {}).filter((token) => token.state === 'incident')
          return stuck.map(({ id: token, node, error, since, attempt }) => ({
            run: run.id,
            flow: run.flow,
            version: run.version,
            subject: run.subject,
            node,
            label: labelOf(labels, records.find(versions, { key: run.flow, version: run.version }), node),
            token,
            attempt,
            since: instant(since),
            code: error?.code ?? null,
            message: error === null ? null : lens.text(error.text?.[language] ?? error.message),
            /** The message stands as it was recorded, in whatever language that was; the cause says it in the reader's. */
            recorded: error !== null && error.text === undefined,
            ...explained(error?.code ?? null, language),
          }))
        })
        return { body: { items, next: page.next } }
      },
    },
  ]
}

/** Cause and fix in the reader's words. A flow's own codes are worded by the flow. */
function explained(
  code: string | null,
  language: Language,
): { readonly cause: string | null; readonly fix: string | null; readonly retryHelps: boolean } {
  const known = code === null ? undefined : catalogue.get(code)
  if (known === undefined) return { cause: null, fix: null, retryHelps: true }
  return { cause: say(known.says, language), fix: say(known.hint, language), retryHelps: !known.terminal }
}

function labelOf(known: Map<string, ReadonlyMap<string, unknown>>, version: VersionRow | null, node: string): unknown {
  if (version === null) return null
  const which = `${version.key}@${version.version}`
  let labels = known.get(which)
  if (labels === undefined) {
    const { nodes } = JSON.parse(version.file) as { nodes: readonly { id: string; name?: unknown }[] }
    labels = new Map(nodes.map(({ id, name }) => [id, name ?? null]))
    known.set(which, labels)
  }
  return labels.get(node) ?? null
}
