import type { FlowDefinition } from '@sluice/flows'
import type { Random } from '../simulation/random.ts'
import { type FlowBuilder, flow } from './flow.ts'

/** A flow as a careless person might draw it: forks, branches, joins of every kind and, if wanted, loops. */
export function randomFlow(random: Random, { loops = true, steps = 8 }: { loops?: boolean; steps?: number } = {}): FlowDefinition {
  const drawn = flow('random').node('start', 'test.event')
  const ids = Array.from({ length: random.between(2, steps) }, (_, index) => `n${index}`)
  for (const id of ids) {
    if (random.chance(0.3)) drawn.node(id, 'test.join', randomJoin(random))
    else
      drawn.node(id, random.pick(['test.echo', 'test.act', 'test.task', 'test.race']), {}, random.chance(0.2) ? { timeoutMs: 5_000 } : {})
  }
  drawn.wire('start', ...someOf(random, ids.slice(0, 3)))
  ids.forEach((id, index) => {
    // Forward mostly, so that joins have something in front of them.
    const targets = ids.filter((_, other) => other > index || (loops && random.chance(0.15)))
    for (const port of ['out', 'alt', 'timeout']) {
      if (targets.length === 0 || random.chance(port === 'out' ? 0.1 : 0.7)) continue
      drawn.wire(`${id}.${port}`, ...someOf(random, targets))
    }
  })
  if (random.chance(0.5)) drawGroup(random, drawn, ids)
  return drawn.build()
}

/** A frame around some neighbours that ends as a whole in one way or another. */
function drawGroup(random: Random, drawn: FlowBuilder, ids: readonly string[]): void {
  const from = random.between(0, ids.length - 1)
  const options = { ...(random.chance(0.5) ? { cancel: true } : {}), ...(random.chance(0.5) ? { timeout: 'PT8S' } : {}) }
  drawn.group('group', ids.slice(from, from + random.between(1, 4)), options)
  // What a group leads to lies behind it, so that random loops stay as rare as they are.
  const behind = ids.slice(from + 1)
  for (const port of ['error', 'timeout', 'cancelled'])
    if (behind.length > 0 && random.chance(0.4)) drawn.wire(`group.${port}`, random.pick(behind))
  if (random.chance(0.4)) drawn.wire(`${random.pick(ids)}.alt`, 'group.cancel')
}

function randomJoin(random: Random): Record<string, unknown> {
  const timeout = random.chance(0.3) ? { timeout: 'PT10S' } : {}
  return { mode: random.pick(['all', 'all', 'first', 'n']), n: random.between(1, 3), cancelRest: random.chance(0.3), ...timeout }
}

/** One to three different ones. */
function someOf(random: Random, items: readonly string[]): string[] {
  const chosen = new Set<string>()
  for (let count = random.between(1, 3); count > 0; count--) chosen.add(random.pick(items))
  return [...chosen]
}
