import { expect, test } from 'vitest'
import { addNote } from './commands/frames.ts'
import { duplicate, paste } from './commands/paste.ts'
import { emptyFlow, fromFile, toFile } from './file.ts'
import { createFlowStore } from './flow-store.ts'
import { fragmentOf, outlineOf, readFragment } from './fragment.ts'
import { noteRef } from './model.ts'
import { toyCatalogue as catalogue } from './testing/toy-catalogue.ts'

const file = {
  ...emptyFlow('chain', 'Chain'),
  nodes: [
    { id: 'start', type: 'toy.start', at: [0, 0] as [number, number] },
    { id: 'mask', type: 'toy.step', at: [312, 0] as [number, number] },
    {
      id: 'alert',
      type: 'toy.step',
      config: { text: 'nodes.mask is {{ nodes.mask.name }}', when: '{% nodes.`mask`.ok and nodes.other.ok %}' },
      at: [624, 0] as [number, number],
    },
  ],
  edges: [
    { from: 'start.out', to: 'mask.in' },
    { from: 'mask.out', to: 'alert.in' },
  ],
}

test('what is copied is a flow file that reads back', async () => {
  const store = createFlowStore(fromFile(file))
  const note = addNote(store, { x: 0, y: 200 }, 'why')
  const fragment = fragmentOf(store.getState().doc, ['mask', 'alert', noteRef(note)])
  expect(fragment.edges).toEqual([{ from: 'mask.out', to: 'alert.in' }])
  const reading = await readFragment(JSON.stringify(fragment))
  expect(reading.ok && toFile(reading.doc)).toEqual(fragment)
  expect(outlineOf(fragment, (id) => id.toUpperCase())).toBe('• MASK → ALERT\n• ALERT')
})

test('pasted steps get new ids, and their expressions follow; plain text and strangers stay', async () => {
  const store = createFlowStore(fromFile(file))
  const refs = paste(store, catalogue, fromFile(fragmentOf(store.getState().doc, ['mask', 'alert'])), { x: 0, y: 400 })
  expect(refs).toEqual(['mask2', 'alert2'])
  const { doc, selection } = store.getState()
  expect(doc.nodes.get('alert2')).toMatchObject({
    at: [312, 400],
    config: { text: 'nodes.mask is {{ nodes.mask2.name }}', when: '{% nodes.`mask2`.ok and nodes.other.ok %}' },
  })
  expect(doc.edges.has('mask2.out>alert2.in')).toBe(true)
  expect([...selection]).toEqual(['mask2', 'alert2'])
})

test('pasting into another flow keeps ids that are free there', async () => {
  const store = createFlowStore(fromFile(emptyFlow('other', 'Other')))
  expect(paste(store, catalogue, fromFile(file), { x: 96, y: 96 })).toEqual(['start', 'mask', 'alert'])
  expect(store.getState().doc.nodes.get('start')?.at).toEqual([96, 96])
})

test('duplicating copies inner wires and not outer ones, as one entry', async () => {
  const store = createFlowStore(fromFile(file))
  duplicate(store, ['mask', 'alert'])
  expect([...store.getState().doc.edges.keys()]).toEqual(['start.out>mask.in', 'mask.out>alert.in', 'mask2.out>alert2.in'])
  expect(store.getState().history.undo).toHaveLength(1)
})

test('rubbish names its line or its place and is not read', async () => {
  expect(await readFragment('{\n  "format": nonsense\n}')).toMatchObject({ ok: false, isJson: false, problem: { line: 2 } })
  const wrong = await readFragment(JSON.stringify({ ...file, nodes: [{ id: 'a b', type: 'toy.step' }] }))
  expect(wrong).toMatchObject({ ok: false, isJson: true, problem: { path: '/nodes/0/id' } })
})

test('secrets written into settings and examples of people are not copied; expressions and other words are', () => {
  const store = createFlowStore(
    fromFile({
      ...file,
      nodes: [
        {
          id: 'call',
          type: 'toy.step',
          config: {
            headers: { Authorization: 'Bearer abc', 'x-api-key': 'k1', accept: 'json' },
            token: '{{ event.data.token }}',
            input: { type: 'object', examples: [{ mobile: '13800000000' }], properties: { mobile: { type: 'string', example: '139' } } },
          },
        },
      ],
      edges: [],
    }),
  )
  const text = JSON.stringify(fragmentOf(store.getState().doc, ['call']))
  for (const hidden of ['Bearer', 'k1', '13800000000', '139']) expect(text).not.toContain(hidden)
  for (const kept of ['accept', 'event.data.token', 'mobile']) expect(text).toContain(kept)
})

test('pasting with the wires that lead in joins the copy to what leads to the original', () => {
  const store = createFlowStore(fromFile(file))
  const copy = fromFile(fragmentOf(store.getState().doc, ['mask', 'alert']))
  paste(store, catalogue, copy, { x: 0, y: 400 }, { keepIncoming: true })
  expect([...store.getState().doc.edges.keys()]).toEqual([
    'start.out>mask.in',
    'mask.out>alert.in',
    'mask2.out>alert2.in',
    'start.out>mask2.in',
  ])
})
