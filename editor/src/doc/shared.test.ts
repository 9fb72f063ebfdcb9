import { mergePatches, type Patch } from '@sluice/flows/document'
import { expect, test } from 'vitest'
import { addStep } from './commands/add.ts'
import { configure, rename } from './commands/edit.ts'
import { removeItems } from './commands/remove.ts'
import { connect } from './commands/wires.ts'
import { emptyFlow, fromFile, toFile } from './file.ts'
import { createFlowStore } from './flow-store.ts'
import type { FlowDocument } from './model.ts'
import { type Batch, type Loss, SharedDocument } from './shared.ts'
import { randomCommand, seeded } from './testing/random-command.ts'
import { toyCatalogue as catalogue } from './testing/toy-catalogue.ts'

const bytes = (doc: FlowDocument) => JSON.stringify(toFile(doc))

function chain(): ReturnType<typeof emptyFlow> {
  return {
    ...emptyFlow('chain', 'Chain'),
    nodes: [
      { id: 'start', type: 'toy.start', at: [0, 0] },
      { id: 'middle', type: 'toy.step', config: { text: 'a', more: 1 }, at: [312, 0] },
      { id: 'end', type: 'toy.end', at: [624, 0] },
    ],
    edges: [
      { from: 'start.out', to: 'middle.in' },
      { from: 'middle.out', to: 'end.in' },
    ],
  }
}

function line(length: number): ReturnType<typeof emptyFlow> {
  const ids = Array.from({ length }, (_, index) => `s${index}`)
  return {
    ...emptyFlow('line', 'Line'),
    nodes: ids.map((id, index) => ({ id, type: 'toy.step', config: { text: 'a' }, at: [index * 312, 0] as [number, number] })),
    edges: ids.slice(1).map((id, index) => ({ from: `s${index}.out`, to: `${id}.in` })),
  }
}

/** The server's part, in memory: one order, what is taken is refused, everybody hears of the rest. */
class Table {
  doc: FlowDocument
  seq = 0
  readonly people: Person[] = []

  constructor(file = chain()) {
    this.doc = fromFile(file)
  }

  person(name: string): Person {
    const person = new Person(name, this)
    this.people.push(person)
    return person
  }

  take(from: Person, batch: Batch): void {
    const taken = batch.patches.some(
      (patch) =>
        patch.op === 'insert' && patch.in !== 'edges' && this.doc[patch.in].has(patch.value.id) && !removes(batch.patches, patch.value.id),
    )
    if (taken) {
      from.inbox.push(() => from.shared.refused(batch.id))
      return
    }
    const { doc, patches } = mergePatches(this.doc, batch.patches)
    this.doc = doc
    this.seq += 1
    const { seq } = this
    for (const person of this.people) {
      if (person === from) person.inbox.push(() => person.shared.accepted(batch.id, seq, patches))
      else if (person.online)
        person.inbox.push(() => person.shared.received({ seq, base: batch.base, by: from.name, patches, over: batch.over }))
    }
  }
}

const removes = (patches: readonly Patch[], id: string) => patches.some((patch) => patch.op === 'remove' && patch.id === id)

class Person {
  readonly name: string
  readonly flow
  readonly shared: SharedDocument
  readonly told: Loss[] = []
  readonly inbox: (() => void)[] = []
  readonly outbox: Batch[] = []
  online = true
  readonly #table: Table

  constructor(name: string, table: Table) {
    this.name = name
    this.#table = table
    let clock = 0
    this.flow = createFlowStore(table.doc, { now: () => (clock += 5_000) })
    this.shared = new SharedDocument(this.flow, table.doc, {
      send: (batch) => this.outbox.push(batch),
      now: () => 0,
      tell: (loss) => this.told.push(loss),
    })
  }

  get doc(): FlowDocument {
    return this.flow.getState().doc
  }

  hear(): void {
    this.inbox.shift()?.()
  }

  speak(): void {
    if (!this.online) return
    this.shared.send()
    const batch = this.outbox.shift()
    if (batch !== undefined) this.#table.take(this, batch)
  }

  leave(): void {
    this.online = false
    this.inbox.length = 0
    this.outbox.length = 0
  }

  comeBack(): void {
    this.online = true
    this.shared.rejoined(this.#table.doc, this.#table.seq, 'somebody')
  }
}

function settle(table: Table): void {
  for (let round = 0; round < 400; round++) {
    for (const person of table.people) {
      if (!person.online) person.comeBack()
      while (person.inbox.length > 0) person.hear()
      person.speak()
    }
    if (table.people.every((person) => person.inbox.length === 0 && !person.shared.isSending && person.shared.pending().length === 0))
      return
  }
  throw new Error('They never came to rest')
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'three people doing anything at any moment, with interruptions, end with the same flow (seed %i)',
  (seed) => {
    const random = seeded(seed)
    const table = new Table()
    const people = ['Ann', 'Bo', 'Cy'].map((name) => table.person(name))
    for (let step = 0; step < 400; step++) {
      const person = people[Math.floor(random() * people.length)]
      if (person === undefined) continue
      const act = random()
      if (act < 0.4) randomCommand(person.flow, random)
      else if (act < 0.45) person.flow.undo()
      else if (act < 0.47) person.flow.redo()
      else if (act < 0.7) person.hear()
      else if (act < 0.96) person.speak()
      else if (person.online) person.leave()
      else person.comeBack()
    }
    settle(table)
    for (const person of people) expect(bytes(person.doc)).toBe(bytes(table.doc))
    const known = new Set([...table.doc.nodes.keys(), ...table.doc.groups.keys()])
    for (const edge of table.doc.edges.values()) expect(known.has(edge.from.node) && known.has(edge.to.node)).toBe(true)
  },
)

test.each([103, 117, 141, 171, 197, 205, 226, 234])(
  'whatever text somebody wrote is in the flow, or its writer replaced it, or somebody was told (seed %i)',
  (seed) => {
    const random = seeded(seed)
    const table = new Table(line(12))
    const people = ['Ann', 'Bo'].map((name) => table.person(name))
    const written: { readonly by: Person; readonly step: string; readonly field: string; readonly text: string }[] = []
    const removed: { readonly by: Person; readonly step: string; readonly at: number }[] = []
    for (let step = 0; step < 250; step++) {
      const person = people[Math.floor(random() * people.length)]
      if (person === undefined) continue
      // Steps with ids of their own: those added here may be given another id, and then nothing says which text was whose.
      const steps = [...person.doc.nodes.keys()].filter((id) => id.startsWith('s'))
      const target = steps[Math.floor(random() * steps.length)]
      const act = random()
      if (act < 0.4 && target !== undefined) {
        const field = random() < 0.5 ? 'text' : 'more'
        const text = `${person.name} ${step}`
        configure(person.flow, target, [field], text)
        written.push({ by: person, step: target, field, text })
      } else if (act < 0.44) addStep(person.flow, catalogue, { type: 'toy.fork', at: { x: step * 10, y: 0 } })
      else if (act < 0.48 && target !== undefined) {
        removeItems(person.flow, catalogue, [target], { keepChain: true })
        removed.push({ by: person, step: target, at: written.length })
      } else if (act < 0.72) person.hear()
      else if (act < 0.96) person.speak()
      else if (person.online) person.leave()
      else person.comeBack()
    }
    settle(table)
    const standing = bytes(table.doc)
    const told = JSON.stringify(people.map((person) => person.told))
    for (const [index, { by, step, field, text }] of written.entries()) {
      if (standing.includes(`"${text}"`) || told.includes(`"${text}"`)) continue
      // Its writer wrote something else there later, or took the step away.
      const later = written.slice(index + 1).some((each) => each.by === by && each.field === field && each.step === step)
      const gone = removed.some((each) => each.by === by && each.step === step && each.at > index)
      expect(later || gone, `${text} in ${step}`).toBe(true)
    }
  },
)

test('different properties of one step both stay', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  configure(ann.flow, 'middle', ['text'], 'from Ann')
  configure(bo.flow, 'middle', ['more'], 2)
  rename(bo.flow, 'middle', 'Named by Bo')
  settle(table)
  expect(table.doc.nodes.get('middle')).toMatchObject({ name: 'Named by Bo', config: { text: 'from Ann', more: 2 } })
  expect([...ann.told, ...bo.told]).toEqual([])
})

test('of two who set the same property the later one at the server wins, and the other hears who and what', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  configure(ann.flow, 'middle', ['text'], 'from Ann')
  configure(bo.flow, 'middle', ['text'], 'from Bo')
  ann.speak()
  bo.speak()
  settle(table)
  expect(table.doc.nodes.get('middle')?.config).toMatchObject({ text: 'from Bo' })
  expect(bo.told).toEqual([])
  expect(ann.told).toEqual([
    { kind: 'overwritten', by: 'Bo', place: { in: 'nodes', id: 'middle', path: ['config', 'text'] }, mine: 'from Ann', theirs: 'from Bo' },
  ])
})

test('a removed step beats an edit of it, and whoever edited it gets it back with its wires', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  removeItems(bo.flow, catalogue, ['middle'], { keepChain: true })
  configure(ann.flow, 'middle', ['text'], 'from Ann')
  bo.speak()
  settle(table)
  expect(table.doc.nodes.has('middle')).toBe(false)
  expect(ann.told).toMatchObject([
    { kind: 'removed', by: 'Bo', item: { in: 'nodes', value: { id: 'middle', config: { text: 'from Ann' } } } },
  ])
  expect(ann.told[0]?.kind === 'removed' && ann.told[0].wires.map(({ id }) => id)).toEqual(['start.out>middle.in', 'middle.out>end.in'])
})

test('a step that was removed while some of it was at the server and some on its way is told of once, with all of it', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  configure(ann.flow, 'middle', ['text'], 'first')
  ann.speak()
  settle(table)
  configure(ann.flow, 'middle', ['text'], 'first and second')
  removeItems(bo.flow, catalogue, ['middle'], { keepChain: true })
  bo.speak()
  settle(table)
  expect(ann.told).toMatchObject([{ kind: 'removed', item: { value: { config: { text: 'first and second' } } } }])
})

test('two who give their new steps the same id both keep theirs, and expressions and wires follow', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  addStep(ann.flow, catalogue, { type: 'toy.fork', at: { x: 0, y: 300 } })
  addStep(bo.flow, catalogue, { type: 'toy.fork', at: { x: 0, y: 600 } })
  configure(bo.flow, 'middle', ['text'], '{{ nodes.fork.x }}')
  connect(bo.flow, catalogue, { node: 'fork', port: 'true' }, { node: 'end', port: 'in' })
  ann.speak()
  settle(table)
  expect([...table.doc.nodes.values()].flatMap((step) => (step.type === 'toy.fork' ? [[step.id, step.at]] : []))).toEqual([
    ['fork', [0, 304]],
    ['fork2', [0, 600]],
  ])
  expect(table.doc.edges.has('fork2.true>end.in')).toBe(true)
  expect(table.doc.nodes.get('middle')?.config).toMatchObject({ text: '{{ nodes.fork2.x }}' })
})

test('undo takes back one’s own change and leaves what somebody else did in the same step', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  configure(ann.flow, 'middle', ['fresh'], 'from Ann')
  settle(table)
  configure(bo.flow, 'middle', ['text'], 'from Bo')
  settle(table)
  expect(ann.flow.undo()?.label).toEqual({ id: 'canvas.do.configure' })
  settle(table)
  expect(table.doc.nodes.get('middle')?.config).toEqual({ text: 'from Bo', more: 1 })
})

test('what somebody else wrote over is not undone; undo says that it was overtaken', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  configure(ann.flow, 'middle', ['text'], 'from Ann')
  settle(table)
  configure(bo.flow, 'middle', ['text'], 'from Bo')
  settle(table)
  expect(ann.flow.undo()?.overtaken).toBe(true)
  expect(ann.flow.undo()).toBeNull()
  settle(table)
  expect(table.doc.nodes.get('middle')?.config).toMatchObject({ text: 'from Bo' })
})

test('a batch that arrived although its answer was lost is not done twice', () => {
  const table = new Table()
  const ann = table.person('Ann')
  addStep(ann.flow, catalogue, { type: 'toy.step', at: { x: 0, y: 300 } })
  ann.speak()
  configure(ann.flow, 'step', ['text'], 'after')
  ann.leave()
  ann.comeBack()
  settle(table)
  expect([...table.doc.nodes.keys()]).toEqual(['start', 'middle', 'end', 'step'])
  expect(table.doc.nodes.get('step')?.config).toMatchObject({ text: 'after' })
})

test('who was away hears what theirs now covers, and so does the other', () => {
  const table = new Table()
  const [ann, bo] = [table.person('Ann'), table.person('Bo')]
  bo.leave()
  configure(bo.flow, 'middle', ['text'], 'written without a network')
  configure(ann.flow, 'middle', ['text'], 'from Ann')
  settle(table)
  expect(table.doc.nodes.get('middle')?.config).toMatchObject({ text: 'written without a network' })
  expect(bo.told).toMatchObject([{ kind: 'covered', theirs: 'from Ann' }])
  expect(ann.told).toMatchObject([{ kind: 'overwritten', by: 'Bo', mine: 'from Ann' }])
})

test('what the server refuses for good is taken back from the screen', () => {
  const table = new Table()
  const ann = table.person('Ann')
  rename(ann.flow, 'middle', 'Not allowed')
  ann.shared.send()
  ann.shared.rollBack()
  expect(bytes(ann.doc)).toBe(bytes(table.doc))
})

test('what the server has is made of the steps on the screen, so that a change is compared with itself alone', () => {
  const file = line(300)
  const flow = createFlowStore(fromFile(file))
  const shared = new SharedDocument(flow, fromFile(structuredClone(file)), { send: () => {}, now: () => 0, tell: () => {} })
  const isShared = () => [...flow.getState().doc.nodes].filter(([id, step]) => shared.confirmed.nodes.get(id) === step).length
  expect(isShared()).toBe(300)
  rename(flow, 's7', 'Seven')
  expect(isShared()).toBe(299)
  expect(shared.pending()).toEqual([{ op: 'set', in: 'nodes', id: 's7', path: ['name'], value: 'Seven' }])
  expect(shared.pending()).toBe(shared.pending())
  // The server's state after an interruption is another tree of objects.
  shared.rejoined(fromFile(structuredClone(file)), 1, 'somebody')
  expect(isShared()).toBe(299)
  shared.rollBack()
  expect(isShared()).toBe(300)
})
