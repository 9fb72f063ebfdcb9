/**
 * Which real run a person keeps as the sample of a flow. Only its id is kept, in this browser and for this person: the data is read
 * anew each time, masked as it is then, so that a withdrawal reaches a pinned sample too. It is no part of the flow and never exported.
 */
export interface Pins {
  find(user: string, flow: string): string | null
  pin(user: string, flow: string, run: string | null): void
}

const pinsMax = 50
const storageKey = 'sluice.pins'

export function makePins(storage: Pick<Storage, 'getItem' | 'setItem'>): Pins {
  const read = (): readonly (readonly [string, string])[] => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]')
      return Array.isArray(kept) ? kept.filter(isPin) : []
    } catch {
      return []
    }
  }
  const nameOf = (user: string, flow: string) => `${user} ${flow}`
  return {
    find: (user, flow) => read().find(([name]) => name === nameOf(user, flow))?.[1] ?? null,
    pin(user, flow, run) {
      const rest = read().filter(([name]) => name !== nameOf(user, flow))
      const next = run === null ? rest : [...rest, [nameOf(user, flow), run] as const]
      try {
        storage.setItem(storageKey, JSON.stringify(next.slice(-pinsMax)))
      } catch {
        // A full or closed storage only means that nothing is remembered.
      }
    },
  }
}

function isPin(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
}
