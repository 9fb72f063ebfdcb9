import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { act, defineNode, type NodeOutcome, output, words } from './index.ts'
import type { NobodyPermit, OutsideAct, OutsideHandler, OutsideHost, PermitId, PersonPermit, StepContext } from './server/index.ts'

const face = {
  type: 'test.honest',
  version: 1,
  label: words('Honest', '诚实'),
  summary: words('Does what it says.', '言行一致。'),
  category: 'data',
  silhouette: 'action',
  icon: 'circle',
  config: Type.Object({}),
  ports: [{ name: 'out', label: 'out' }],
  effect: 'none',
} as const

declare const step: StepContext
declare const host: OutsideHost
declare const order: OutsideAct
declare const messagePermit: PersonPermit<'message'>
declare const promptPermit: PersonPermit<'ai_prompt'>
declare const nobodyPermit: NobodyPermit
declare const sendMessage: (order: OutsideAct<PersonPermit<'message'>>, host: OutsideHost) => Promise<NodeOutcome>
type Handler = (act: OutsideAct, host: OutsideHost) => unknown

/** Never called: what matters is that it compiles, and that the marked lines do not. */
export function mustNotCompile(handler: Handler): unknown[] {
  return [
    // @ts-expect-error A pure node has no way to order an act.
    defineNode({ ...face, run: () => act({}, null) }),
    // @ts-expect-error A pure node sees no records.
    defineNode({ ...face, run: ({ records }) => output(records) }),
    // @ts-expect-error Whom an act touches must be said, if only that it touches nobody.
    act({ text: 'hello' }),
    // @ts-expect-error A use without a purpose cannot be checked.
    act({}, { subject: 'c-1', scene: 'quote_push', session: null, effectKind: 'message' }),
    // @ts-expect-error A step inside the transaction has no way out.
    step.fetch('https://example.com', { method: 'GET' }),
    // @ts-expect-error A step inside the transaction reads no secret.
    step.secret('crm'),
    // @ts-expect-error Nobody acts without the begun order, which carries its id and idempotency key.
    handler({ request: {} }, host),
    // @ts-expect-error The way out cannot write: results go back as commands.
    host.records.insert,
  ]
}

/** Every way out asks for the permit of the order. */
export function mustNotLeave(): unknown[] {
  const get = { method: 'GET' } as const
  return [
    // @ts-expect-error Nothing leaves without a permit.
    host.fetch('https://example.com', get),
    // @ts-expect-error A plain string is no permit.
    host.fetch('permit-1', 'https://example.com', get),
    // @ts-expect-error Neither is the name of one.
    host.fetch(order.permit.id, 'https://example.com', get),
    // @ts-expect-error Nor one that was put together by hand: its id is a plain string.
    host.fetch({ ...messagePermit, id: 'permit-1' }, 'https://example.com', get),
    // @ts-expect-error No secret without a permit.
    host.secret('crm'),
    // @ts-expect-error No model without a permit.
    host.model(),
    // @ts-expect-error A permit for a message asks no model.
    host.model(messagePermit),
    // @ts-expect-error A permit of any kind may be one for a message.
    host.model(order.permit),
    // @ts-expect-error Leave to touch nobody is no leave to use a person's data.
    sendMessage({ ...order, permit: nobodyPermit }, host),
    // @ts-expect-error Leave to ask a model is no leave to send a message.
    sendMessage({ ...order, permit: promptPermit }, host),
  ]
}

/** A handler says whom it touches, and its act takes permits of exactly that kind. */
export function mustNotBeHandlers(): readonly OutsideHandler[] {
  return [
    // @ts-expect-error Whom it touches must be said.
    sendMessage,
    // @ts-expect-error A handler of people's data cannot be called one that touches nobody.
    { touches: 'nobody', act: sendMessage },
    // @ts-expect-error Nor one of prompts.
    { touches: 'person', effectKind: 'ai_prompt', act: sendMessage },
    // @ts-expect-error What it does with a person's data must be said.
    { touches: 'person', act: sendMessage },
  ]
}

export function mustNotBeNames(): readonly [PermitId, PermitId<'person'>] {
  return [
    // @ts-expect-error A plain string does not become the name of a permit.
    'permit-1',
    // @ts-expect-error The names differ by whom they touch.
    nobodyPermit.id,
  ]
}

/** What an honest connector writes does compile. */
export function honest(): readonly OutsideHandler[] {
  const get = { method: 'GET' } as const
  return [
    { touches: 'person', effectKind: 'message', act: sendMessage },
    { touches: 'nobody', act: async ({ permit }, way) => output((await way.fetch(permit, 'https://example.com', get)).status) },
    { touches: 'person', effectKind: 'ai_prompt', act: async ({ permit }, way) => output(way.model(permit)?.name ?? null) },
  ]
}

test('an honest pure node compiles and runs', () => {
  const node = defineNode({ ...face, run: ({ input }) => output(input) })
  expect(node.run?.({ config: {}, input: 7, event: null, now: 0 })).toEqual({ kind: 'output', port: 'out', data: 7 })
})
