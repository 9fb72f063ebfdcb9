import fc from 'fast-check'
import { type FlowDefinition, flowFormat, isReservedKey } from '../src/index.ts'

const text = fc.string({ maxLength: 20, unit: 'grapheme' })
const name = fc.oneof(text, fc.record({ en: text, 'zh-CN': text }))
const point = fc.tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: -9_999, max: 9_999 }))

const key = fc.string({ minLength: 1, maxLength: 6 }).filter((word) => !isReservedKey(word))
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 0, 1.5, 1e21, '{% event.id %}', '{{ input }}'),
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const nodePart = fc.record(
  {
    type: fc.constantFrom('core.branch', 'core.join', 'notify.rep'),
    name,
    config: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }),
    at: point,
    retry: fc.record({ attempts: fc.integer({ min: 1, max: 9 }), jitter: fc.boolean() }, { requiredKeys: ['attempts'] }),
    timeoutMs: fc.integer({ min: 1, max: 9_999 }),
    disabled: fc.boolean(),
  },
  { requiredKeys: ['type'] },
)

/** Any flow that `readFlow` accepts: odd texts, nested configs, wires between existing steps. */
export const arbitraryFlow: fc.Arbitrary<FlowDefinition> = fc
  .record({
    parts: fc.array(nodePart, { maxLength: 8 }),
    wires: fc.uniqueArray(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom('out', 'true', 'error'), fc.nat({ max: 7 })), {
      maxLength: 10,
      selector: (wire) => wire.join(),
    }),
    head: fc.record(
      {
        name,
        description: name,
        settings: fc.record(
          { timeout: fc.constant('P30D'), onError: fc.constantFrom('incident' as const, 'fail' as const) },
          { requiredKeys: [] },
        ),
        parameters: fc.dictionary(key, json, { maxKeys: 2, noNullPrototype: true }),
        notes: fc.array(fc.record({ text, at: point }, { requiredKeys: ['text'] }), { maxLength: 2 }),
      },
      { requiredKeys: ['name'] },
    ),
  })
  .map(({ parts, wires, head: { notes, ...head } }) => {
    const nodes = parts.map((part, index) => ({ id: `n${index}`, ...part }))
    const edges = wires
      .filter(([from, , to]) => from < nodes.length && to < nodes.length)
      .map(([from, port, to]) => ({ from: `n${from}.${port}`, to: `n${to}.in` }))
    const numbered = notes?.map((note, index) => ({ id: `note${index}`, ...note }))
    return {
      format: flowFormat,
      key: 'random',
      ...head,
      nodes,
      edges,
      ...(numbered === undefined ? {} : { notes: numbered }),
    } as FlowDefinition
  })
