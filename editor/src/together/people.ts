import { createStore, type StoreApi } from 'zustand/vanilla'

/** Where somebody is; the server knows no more of them either. */
export interface Here {
  readonly selection: readonly string[]
  readonly field: { readonly node: string; readonly path: string } | null
  readonly cursor: readonly [number, number] | null
  readonly view: readonly [x: number, y: number, zoom: number] | null
}

/** One window that has this flow open. */
export interface Peer extends Here {
  readonly id: string
  readonly name: string
  /** The same for all windows of a person. */
  readonly person: number
  readonly mayWrite: boolean
}

export interface People {
  readonly state: 'off' | 'live' | 'away'
  /** This window among them. */
  readonly you: string | null
  readonly all: readonly Peer[]
  /** Window whose view is followed. */
  readonly following: string | null
}

export type PeopleStore = StoreApi<People>

export function createPeople(): PeopleStore {
  return createStore<People>(() => ({ state: 'off', you: null, all: [], following: null }))
}

export function others({ all, you }: People): readonly Peer[] {
  return all.filter((peer) => peer.id !== you)
}

/** Who came and who went, by name; a person with two windows comes once. */
export function comings(
  before: readonly Peer[],
  after: readonly Peer[],
  you: string | null,
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  const mine = [...before, ...after].find((peer) => peer.id === you)?.person
  const names = (list: readonly Peer[]) => new Map(list.filter((peer) => peer.person !== mine).map((peer) => [peer.person, peer.name]))
  const [then, now] = [names(before), names(after)]
  const only = (of: ReadonlyMap<number, string>, without: ReadonlyMap<number, string>) =>
    [...of].flatMap(([person, name]) => (without.has(person) ? [] : [name]))
  return { came: only(now, then), went: only(then, now) }
}

/** One window of each other person, the one that moved last standing for all of theirs. */
export function faces(people: People): readonly Peer[] {
  const mine = people.all.find((peer) => peer.id === people.you)?.person
  const found = new Map<number, Peer>()
  for (const peer of others(people)) if (peer.person !== mine && !found.has(peer.person)) found.set(peer.person, peer)
  return [...found.values()]
}

/** Colours of people: eight, told apart in both themes (together.css); the initials say the same without colour. */
const colours = 8
export const colourOf = ({ person }: Pick<Peer, 'person'>): number => person % colours
