import type { Json } from '@sluice/flows'
import type { RunState } from '../../core/index.ts'
import type { EngineReply, MovePreview, RerunPreview } from '../../worker/index.ts'
import { isSame, type Order, type Who } from './operate.ts'

/** Where an operator sits, whatever the host is. */
export interface Desk {
  readonly command: (name: string, payload: unknown, answered: (reply: EngineReply) => void) => void
  readonly find: (who: Who) => RunState | undefined
}

/** How an answer is told: both sides must say the same. */
export function orderWords({ kind, run, refused, ...rest }: Order): string {
  return `${kind} run ${run.number}${'node' in rest ? ` at ${rest.node}` : ''}: ${refused ?? 'done'}`
}

/** Gives an order to the real engine as a person would: looks first where one has to look, then confirms what was shown. */
export function giveOrder(desk: Desk, order: Order, answered: (words: string) => void): void {
  const run = desk.find(order.run)
  if (run === undefined) {
    answered(`there is no run ${order.run.number}`)
    return
  }
  const { id } = run
  const tell = (reply: EngineReply): void => answered(orderWords({ ...order, refused: reply.ok ? null : reply.code }))
  switch (order.kind) {
    case 'cancel':
    case 'undo':
      desk.command('engine.run.cancel', { run: id, compensate: order.kind === 'undo' }, tell)
      break
    case 'retry':
      desk.command('engine.run.retry', { run: id }, tell)
      break
    case 'skip': {
      const { node, input, nth, port, data } = order
      const token = standing(run, node, input)[nth]
      desk.command('engine.run.skip', { run: id, token, port, data, reason: 'as drawn' }, tell)
      break
    }
    case 'rerun': {
      const { node, repeat } = order
      look<RerunPreview>(desk, 'engine.run.preview-rerun', { run: id, node }, tell, ({ shown }) =>
        desk.command('engine.run.rerun', { run: id, node, shown, repeat }, tell),
      )
      break
    }
    case 'move':
      look<MovePreview>(desk, 'engine.run.preview-move', { run: id, version: 2 }, tell, ({ shown }) =>
        desk.command('engine.run.move', { run: id, version: 2, shown, reason: 'as drawn' }, tell),
      )
  }
}

/** What is shown may come twice; it is confirmed once. */
function look<Preview>(
  desk: Desk,
  name: string,
  payload: unknown,
  tell: (reply: EngineReply) => void,
  then: (shown: Preview) => void,
): void {
  let isShown = false
  desk.command(name, payload, (reply) => {
    if (isShown) return
    isShown = true
    if (reply.ok) then(reply.result as Preview)
    else tell(reply)
  })
}

function standing({ tokens }: RunState, node: string, input: Json): readonly string[] {
  const ids = Object.values(tokens).flatMap((token) => (token.node === node && isSame(token.input, input) ? [token.id] : []))
  return ids.sort((left, right) => Number(left.slice(1)) - Number(right.slice(1)))
}
