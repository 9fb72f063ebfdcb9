import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { act, defineNode, output, words } from './index.ts'
import type { OutsideAct, OutsideHost, StepContext } from './server/index.ts'

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

test('an honest pure node compiles and runs', () => {
  const node = defineNode({ ...face, run: ({ input }) => output(input) })
  expect(node.run?.({ config: {}, input: 7, event: null, now: 0 })).toEqual({ kind: 'output', port: 'out', data: 7 })
})
