import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryFlow } from '../../test/arbitrary-flow.ts'
import { diffFlows, type FlowDefinition, fillTemplate, lostPlaces, mergeFlows } from '../index.ts'

const template: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 't',
  name: 'T',
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'x' }, at: [0, 0] },
    { id: 'ask', type: 'approvals.task', config: { title: 'Check', due: 'P2D' }, at: [260, 0] },
  ],
  edges: [{ from: 'start.out', to: 'ask.in' }],
  parameters: {
    properties: {
      due: { type: 'string', maxLength: 20, default: 'P2D', 'x-at': ['/nodes/ask/config/due'] },
      title: { type: 'string', minLength: 1, 'x-at': ['/nodes/ask/config/title'] },
    },
    required: ['title'],
  },
}

function configOf(flow: FlowDefinition, id: string) {
  return flow.nodes.find((node) => node.id === id)?.config
}

describe('filling in a template', () => {
  test('puts the answers in their places, fills in defaults and asks for nothing any more', () => {
    const filled = fillTemplate(template, { title: 'Look at it' })
    if (!filled.ok) throw new Error('refused')
    expect(configOf(filled.flow, 'ask')).toEqual({ title: 'Look at it', due: 'P2D' })
    expect(filled.flow.parameters).toBeUndefined()
    expect(configOf(template, 'ask')).toEqual({ title: 'Check', due: 'P2D' })
  })

  test('refuses answers that do not fit, that are missing, or that nobody asked for', () => {
    for (const given of [{}, { title: '' }, { title: 'x', due: 5 }, { title: 'x', other: 1 }])
      expect(fillTemplate(template, given)).toMatchObject({ ok: false })
  })

  test('names places that are not there, also those of the language itself', () => {
    const at = (place: string) => ({ ...template, parameters: { properties: { a: { type: 'string', 'x-at': [place] } } } })
    for (const place of ['/nodes/gone/config/due', '/nodes/ask/config/none', '/nodes/ask/config/__proto__/x', '/nodes/ask/type', '/key'])
      expect(lostPlaces(at(place))).toEqual([place])
    expect(lostPlaces(template)).toEqual([])
  })
})

describe('merging a new version into a copy', () => {
  const { parameters: _none, ...base } = template
  const change = (flow: FlowDefinition, id: string, config: Record<string, unknown>): FlowDefinition => ({
    ...flow,
    nodes: flow.nodes.map((node) => (node.id === id ? { ...node, config: { ...node.config, ...config } as never } : node)),
  })

  test('takes what each side changed by itself', () => {
    const merged = mergeFlows(base, change(base, 'ask', { due: 'P5D' }), { ...change(base, 'ask', { title: 'Ours' }), key: 'copy' })
    expect(merged.conflicts).toEqual([])
    expect(merged.flow.key).toBe('copy')
    expect(configOf(merged.flow, 'ask')).toEqual({ title: 'Ours', due: 'P5D' })
  })

  test('tells what both changed, keeps ours until a side is chosen', () => {
    const theirs = change(base, 'ask', { due: 'P5D' })
    const ours = change(base, 'ask', { due: 'P1D' })
    const path = '/nodes/ask/config/due'
    const merged = mergeFlows(base, theirs, ours)
    expect(merged).toMatchObject({ open: [path], conflicts: [{ path, base: 'P2D', ours: 'P1D', theirs: 'P5D' }] })
    expect(configOf(merged.flow, 'ask')).toMatchObject({ due: 'P1D' })
    const chosen = mergeFlows(base, theirs, ours, { [path]: 'theirs' })
    expect(chosen.open).toEqual([])
    expect(configOf(chosen.flow, 'ask')).toMatchObject({ due: 'P5D' })
  })

  test('a step they removed goes with its wires, unless we changed it', () => {
    const theirs = { ...base, nodes: base.nodes.slice(0, 1), edges: [] }
    expect(mergeFlows(base, theirs, base).flow).toMatchObject({ nodes: [{ id: 'start' }], edges: [] })
    const kept = mergeFlows(base, theirs, change(base, 'ask', { title: 'Ours' }))
    expect(kept.open).toEqual(['/nodes/ask'])
    expect(kept.flow.nodes).toHaveLength(2)
  })

  test('where a step stands is ours and never a conflict', () => {
    const moved = (x: number): FlowDefinition => ({
      ...base,
      nodes: base.nodes.map((node) => ({ ...node, at: [x, 0] as [number, number] })),
    })
    const merged = mergeFlows(base, moved(10), moved(20))
    expect(merged.conflicts).toEqual([])
    expect(merged.flow.nodes[0]?.at).toEqual([20, 0])
  })

  test('an unchanged copy becomes the new version, and an unchanged template leaves the copy alone', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryFlow, (before, after) => {
        const updated = mergeFlows(before, after, before)
        expect(updated.conflicts).toEqual([])
        const { parameters: _asked, ...wanted } = after
        const { parameters: _left, ...now } = updated.flow
        const diff = diffFlows({ ...now, key: 'k' }, { ...wanted, key: 'k' })
        expect([diff.nodes.added, diff.nodes.removed, diff.nodes.changed]).toEqual([[], [], []])
        expect(mergeFlows(before, before, after).conflicts).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
