import type { Json } from '@sluice/flows'
import { journalItem } from '@sluice/nodes/simulate'
import { type Lens, SluiceProblem } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { revealLimits } from '../../commands/reveal.ts'
import type { Door } from '../../door.ts'
import type { JournalItem, RunView } from '../../hosts/sqlite/index.ts'
import { refuse } from '../errors/refusal.ts'
import { instant } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { begun, runLens, seenItem } from './run-lens.ts'

const Reveal = Type.Object(
  {
    /** The entry of the journal. */
    seq: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
    /** JSON pointer into the entry as the journal shows it, for example `/data/mobile`. */
    path: Type.String({ pattern: '^(/[^/]{1,200}){1,64}$', maxLength: 2_000 }),
    reason: Type.String({ minLength: revealLimits.reasonMin, maxLength: revealLimits.reasonMax, pattern: '\\S.*\\S' }),
  },
  { additionalProperties: false },
)

/** One hidden value, for somebody who may and says why. What is frozen or without consent is shown to nobody. */
export function revealRoutes(door: Door): readonly ServerRoute[] {
  const { runs } = door.engine.reader
  return [
    {
      method: 'POST',
      url: '/api/v1/runs/:id/reveal',
      summary: 'One value of a run that policy hides, for a written reason; kept in the audit log, never frozen or without consent',
      tag: 'runs',
      body: Reveal,
      // The answer holds what nothing else may keep.
      remembersAnswers: false,
      async onDenied({ params: { id = '' }, caller }, host) {
        await host.command('data.reveal-refused', { run: id, code: 'SLU_PERMISSION_DENIED' }, caller)
      },
      async handle({ params: { id = '' }, body, caller }, host) {
        const { seq, path, reason } = body as Static<typeof Reveal>
        const run = runs.find(id)
        if (run === null) throw refuse('SLU_RUN_UNKNOWN')
        const asked = { seq, path, reason }
        const find = () => {
          const item = runs.journal(run.id, seq - 1, 1).items.find((one) => one.seq === seq)
          if (item === undefined) throw refuse('SLU_REVEAL_NOTHING')
          return hiddenValue(door, run, item, keysOf(path), door.sight(caller))
        }
        try {
          find()
          await host.command('data.reveal', { run: run.id, customer: run.subject, ...asked }, caller)
          // Looked at again: a withdrawal may have come in between.
          const value = find()
          return { body: { value, until: instant(door.now() + revealLimits.shownMs) }, headers: { 'cache-control': 'no-store' } }
        } catch (error) {
          if (error instanceof SluiceProblem) await host.command('data.reveal-refused', { run: run.id, code: error.code, asked }, caller)
          throw error
        }
      },
    },
  ]
}

/** As it is shown to others, with nothing hidden. */
const openLens: Lens = { mask: (value) => value, text: (value) => value }

function hiddenValue(door: Door, run: RunView, item: JournalItem, keys: readonly string[], sight: ReturnType<Door['sight']>): Json {
  const lens = runLens(door.engine.reader.runs, run, sight, [item])
  const shown = at(journalItem(seenItem(item, lens)), keys)
  const mask = typeof shown === 'object' && shown !== null ? (shown as { readonly $masked?: unknown }).$masked : undefined
  if (mask === 'frozen') throw refuse('SLU_REVEAL_FROZEN')
  if (mask === 'no_consent') throw refuse('SLU_REVEAL_NO_CONSENT')
  if (mask !== 'policy') throw refuse('SLU_REVEAL_NOTHING')
  const value = at(journalItem(seenItem(item, openLens)), keys)
  const verdict = sight.reveals({ subject: run.subject, mentioned: [item, ...begun(door.engine.reader.runs, run)], path: keys, value })
  if (verdict === 'frozen') throw refuse('SLU_REVEAL_FROZEN')
  if (verdict === 'no_consent') throw refuse('SLU_REVEAL_NO_CONSENT')
  return value as Json
}

function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? (holder as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  )
}
