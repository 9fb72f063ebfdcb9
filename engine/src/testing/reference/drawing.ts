import type { FlowDefinition, FlowGroup, FlowNode } from '@sluice/flows'

export interface Wire {
  readonly to: string
  readonly port: string
}

const unknown: FlowNode = { id: '', type: '' }

/** Questions to a drawn flow, each answered by its definition: slow, and easy to believe. A drawing never changes, so answers are kept. */
export class Drawing {
  readonly flow: FlowDefinition
  readonly #answers = new Map<string, unknown>()

  constructor(flow: FlowDefinition) {
    this.flow = flow
  }

  #once<Answer>(question: string, answer: () => Answer): Answer {
    if (!this.#answers.has(question)) this.#answers.set(question, answer())
    return this.#answers.get(question) as Answer
  }

  step(id: string): FlowNode {
    return this.#once(`step ${id}`, () => this.flow.nodes.find((node) => node.id === id) ?? unknown)
  }

  config(id: string): Readonly<Record<string, unknown>> {
    return this.step(id).config ?? {}
  }

  get trigger(): string {
    return this.flow.nodes.find(({ type }) => type === 'test.event' || type === 'core.manual')?.id ?? ''
  }

  wires(id: string, port?: string): readonly Wire[] {
    return this.#once(`wires ${id}.${port ?? ''}`, () =>
      this.flow.edges.flatMap(({ from, to }) => {
        const [source, out] = from.split('.')
        const [target = '', entry = ''] = to.split('.')
        return source === id && (port === undefined || out === port) ? [{ to: target, port: entry }] : []
      }),
    )
  }

  /** Ports of a step that a wire leaves. */
  ports(id: string): readonly string[] {
    return this.#once(`ports ${id}`, () => [
      ...new Set(this.flow.edges.flatMap(({ from }) => (from.startsWith(`${id}.`) ? [from.slice(id.length + 1)] : []))),
    ])
  }

  /** Whether a run comes there without undoing anything. */
  isMain(id: string): boolean {
    return id === this.trigger || this.leads(this.trigger, id)
  }

  isGroup(id: string): boolean {
    return this.flow.groups?.some((group) => group.id === id) === true
  }

  groups(): readonly FlowGroup[] {
    const bySize = (left: FlowGroup, right: FlowGroup): number => this.inside(left.id).size - this.inside(right.id).size
    return this.#once('groups', () => [...(this.flow.groups ?? [])].sort(bySize))
  }

  /** Steps in a group, those that a for-each in it runs included. */
  inside(group: string): ReadonlySet<string> {
    return this.#once(`inside ${group}`, () => {
      const found = new Set(this.flow.groups?.find(({ id }) => id === group)?.nodes)
      for (const id of found) {
        const { group: run } = this.config(id)
        if (this.step(id).type === 'ref.each') for (const one of this.inside(String(run))) found.add(one)
      }
      return found
    })
  }

  /** A step stands in a group; so does a whole group of which every step does. */
  holds(group: string, place: string): boolean {
    const inside = this.inside(group)
    if (!this.isGroup(place)) return inside.has(place)
    return place !== group && [...this.inside(place)].every((one) => inside.has(one))
  }

  /** The innermost first. */
  around(place: string): readonly FlowGroup[] {
    return this.#once(`around ${place}`, () => this.groups().filter(({ id }) => this.holds(id, place)))
  }

  eachOf(group: string): string | null {
    return this.flow.nodes.find(({ type, config }) => type === 'ref.each' && config?.group === group)?.id ?? null
  }

  /** The step of its group that no wire leads to, but perhaps its own. */
  entryOf(each: string): string {
    const group = String(this.config(each).group)
    const nested = this.flow.nodes.filter(({ id, type }) => type === 'ref.each' && id !== each && this.holds(group, id))
    const deeper = nested.flatMap(({ id }) => [...this.inside(String(this.config(id).group))])
    const own = [...this.inside(group)].filter((id) => !deeper.includes(id))
    return own.find((id) => !this.flow.edges.some(({ from, to }) => to === `${id}.in` && !from.startsWith(`${id}.`))) ?? ''
  }

  /** Places a line may come to next: by its wires, by a group it cancels, by the boundaries around it, and into the items it starts. */
  after(place: string): readonly string[] {
    return this.#once(`after ${place}`, () => {
      // An undo line is no way on: what it undoes has ended by then.
      const ports = this.isGroup(place) ? ['cancelled'] : this.ports(place).filter((port) => port !== 'undo')
      const wired = ports.flatMap((port) => this.wires(place, port))
      const bounds = this.around(place).flatMap(({ id }) => [...this.wires(id, 'error'), ...this.wires(id, 'timeout')])
      const items = this.step(place).type === 'ref.each' ? [this.entryOf(place)] : []
      return [...new Set([...wired, ...bounds].map(({ to }) => to)), ...items]
    })
  }

  /** Whether a line may come from here to there by at least one way, without a place it cannot pass. */
  leads(from: string, to: string, shut: ReadonlySet<string> = new Set()): boolean {
    return this.#once(`leads ${from} ${to} ${[...shut].sort().join()}`, () => {
      const seen = new Set<string>()
      const open = [from]
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const next of this.after(at)) {
          if (next === to) return true
          if (seen.has(next) || shut.has(next)) continue
          seen.add(next)
          open.push(next)
        }
      }
      return false
    })
  }

  /** The fork whose lines meet at a join: the nearest of those that every way to it passes. None across the border of a for-each. */
  forkOf(join: string): string | null {
    return this.#once(`fork of ${join}`, () => this.#nearestFork(join))
  }

  #nearestFork(join: string): string | null {
    const isOnEveryWay = (one: string, to: string): boolean =>
      one === this.trigger || (one !== to && !this.leads(this.trigger, to, new Set([one])))
    const forks = this.flow.nodes.filter(({ id }) => id !== join && this.isFork(id) && isOnEveryWay(id, join)).map(({ id }) => id)
    const nearest = forks.find((one) => forks.every((other) => other === one || isOnEveryWay(other, one))) ?? null
    return nearest !== null && this.itemsAround(nearest) === this.itemsAround(join) ? nearest : null
  }

  isFork(id: string): boolean {
    const counts = new Map<string, number>()
    for (const { from } of this.flow.edges)
      if (from.startsWith(`${id}.`) && from !== `${id}.undo`) counts.set(from, (counts.get(from) ?? 0) + 1)
    return [...counts.values()].some((count) => count > 1)
  }

  itemsAround(id: string): string {
    const around = this.around(id).filter((group) => this.eachOf(group.id) !== null)
    return around
      .map((group) => group.id)
      .sort()
      .join()
  }
}

/** Tests write limits in seconds or minutes. */
export function msOf(duration: string): number {
  const [, minutes = 0, seconds = 0] = /^PT(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? []
  return (Number(minutes) * 60 + Number(seconds)) * 1_000
}
