import { api, type JournalItem, type Page, type Run } from '../../app/api/index.ts'
import { wholeItem } from '../../app/api/journal.ts'
import { needTexts, translate } from '../../app/i18n/index.ts'
import { announce } from '../../app/shell/announce.ts'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { toast } from '../../ui/index.ts'
import { isKept, type KeptOutput, keepOutput, keptOutputs, testedOutput } from './kept-outputs.ts'
import { outputsOf } from './sample.ts'

const runsMax = 5
const entriesMax = 1_000

/**
 * Pins what these steps gave, so that the steps behind are tried on it: the last test, else the latest run that came through. Steps that
 * are all pinned are let go. Like every kept output it lives in this tab only, masked as the person may see it.
 */
export async function togglePin({ flow, runs }: FlowEditor, steps: readonly string[]): Promise<void> {
  const { key } = flow.getState().doc.head
  await needTexts('clipboard')
  const { byStep } = keptOutputs.getState()
  if (steps.every((step) => isKept(byStep, key, step))) {
    for (const step of steps) keepOutput(key, step, null)
    announce(translate('canvas.say.pin.off'))
    return
  }
  const wanted = new Set(steps.filter((step) => testedOutput(key, step) === undefined))
  const fromRuns = wanted.size === 0 ? new Map<string, KeptOutput>() : await outputsOfRuns(key, wanted, runs.getState().followed)
  let count = 0
  for (const step of steps) {
    const output = testedOutput(key, step) ?? fromRuns.get(step)
    if (output === undefined) continue
    keepOutput(key, step, output)
    count += 1
  }
  if (count === 0) toast({ tone: 'info', title: translate('canvas.say.pin.none') })
  else announce(translate('canvas.say.pin.on', { count }))
}

/** What the run that is followed, and the latest ones after it, gave at these steps. */
async function outputsOfRuns(flow: string, steps: ReadonlySet<string>, followed: string | null): Promise<ReadonlyMap<string, KeptOutput>> {
  const found = new Map<string, KeptOutput>()
  try {
    const { items } = await api.get<Page<Run>>('/runs', { flow, limit: runsMax })
    for (const run of new Set([...(followed === null ? [] : [followed]), ...items.map(({ id }) => id)])) {
      if (found.size === steps.size) break
      const journal = await api.get<Page<JournalItem>>(`/runs/${encodeURIComponent(run)}/journal`, { limit: entriesMax })
      const entries = journal.items.map(wholeItem)
      for (const step of steps) {
        const output = found.has(step) ? undefined : outputsOf(entries, step).at(-1)
        if (output !== undefined) found.set(step, output as KeptOutput)
      }
    }
  } catch {
    // Without a network, or for those who may not read runs, there is nothing to pin; the caller says so.
  }
  return found
}
