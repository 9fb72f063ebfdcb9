import { expect, test } from 'vitest'
import { createFlowStore, emptyFlow, fromFile } from '../doc/index.ts'
import { putBack } from './put-back.ts'

test('a frame gets back those of its steps that are still there', () => {
  const file = {
    ...emptyFlow('frames', 'Frames'),
    nodes: [{ id: 'a', type: 'toy.step', at: [0, 0] as [number, number] }],
    groups: [{ id: 'group', nodes: [], at: [0, 0] as [number, number], size: [300, 200] as [number, number] }],
  }
  const flow = createFlowStore(fromFile(file))
  const place = { in: 'groups' as const, id: 'group', path: ['nodes'] }
  expect(putBack({ flow }, { kind: 'overwritten', by: 'Bo', place, mine: ['a', 'gone'], theirs: [] })).toBe(true)
  expect(flow.getState().doc.groups.get('group')?.nodes).toEqual(['a'])
})
