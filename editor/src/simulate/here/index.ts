import type { FlowDefinition, Json } from '@sluice/flows'
import { playLimits } from '@sluice/nodes/simulate/messages'
import type { Simulated } from '../result.ts'
import type { Play } from '../simulation-store.ts'
import { contextOf } from './context.ts'
import { createPlayer } from './player.ts'
import { refusalOf } from './refusal.ts'

/** A slow network may take as long as this for the worker's script. */
const loadMs = 60_000

const player = createPlayer(() => new Worker(new URL('./simulate.worker.ts', import.meta.url), { type: 'module' }), {
  timeMs: playLimits.timeMs,
  loadMs,
})

/** Plays the order in this browser; nobody is asked but for what the draft leans on. Throws as a refusal of the server would. */
export const play: Play = async (_flow, order) => {
  const { flow, ...asked } = order as { readonly flow: FlowDefinition }
  const context = await contextOf(flow)
  const played = await player.play({ flow: JSON.stringify(flow), asked: asked as Json, ...context, now: Date.now() })
  if (!played.ok) throw refusalOf(played)
  return JSON.parse(played.text) as Simulated
}

/** Somebody is about to play this draft: what it needs comes meanwhile. What fails now is said when it is played. */
export function warm(flow: FlowDefinition): void {
  player.warm()
  contextOf(flow).catch(() => {})
}
