/** Evaluations per second, compiled and with jsonata itself: `node server/tools/run-ts.mjs engine/bench/expression.ts`. */
import { compileExpression, evaluateWithJsonata, type Scope } from '../src/expression/index.ts'

const items = Array.from({ length: 20 }, (_, index) => ({ name: `item ${index}`, price: index * 10, stock: index % 3 }))
const scope: Scope = {
  event: {
    id: 'e1',
    source: 'bench',
    type: 'order.placed',
    subject: 'c-1',
    time: '2026-03-02T03:00:00Z',
    data: { customer: { id: 'c-1', name: '王芳', tags: ['vip', 'car'] }, amount: 1_200, items },
  },
  input: { amount: 1_200, currency: 'CNY' },
  nodes: { mask: { mobile: '138****0000' } },
  vars: {},
  run: { id: 'r1' },
  now: 1_772_420_400_000,
}

const sources = [
  'event.data.customer.name',
  'event.data.amount > 1000 and event.data.customer.tags[0] = "vip"',
  '{"customer": event.data.customer.id, "phone": nodes.mask.mobile, "total": input.amount * 2}',
  '"Dear " & $uppercase(event.data.customer.name) & ", " & $formatNumber(input.amount, "#,##0.00")',
  '$sum(event.data.items[stock > 0].price)',
  'event.data.items[price > 50]^(>price)[0].name',
]

async function perSecond(run: () => unknown): Promise<number> {
  const until = performance.now() + 400
  let count = 0
  const start = performance.now()
  while (performance.now() < until) {
    for (let turn = 0; turn < 50; turn++) await run()
    count += 50
  }
  return count / ((performance.now() - start) / 1_000)
}

function perSecondAtOnce(run: () => unknown): number {
  const until = performance.now() + 400
  let count = 0
  const start = performance.now()
  while (performance.now() < until) {
    for (let turn = 0; turn < 500; turn++) run()
    count += 500
  }
  return count / ((performance.now() - start) / 1_000)
}

for (const source of sources) {
  const compiled = compileExpression(source)
  if (!compiled.ok || compiled.expression.kind !== 'total') throw new Error(source)
  const { expression } = compiled
  perSecondAtOnce(() => expression.evaluate(scope))
  const closure = perSecondAtOnce(() => expression.evaluate(scope))
  const worker = await perSecond(() => evaluateWithJsonata(source, scope))
  console.log(`${Math.round(closure).toLocaleString('en')} compiled/s · ${Math.round(worker).toLocaleString('en')} jsonata/s · ${source}`)
}
