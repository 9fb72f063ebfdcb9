import { eachWire, type Graph } from '../graph.ts'
import { addTo, emptyLists } from '../lists.ts'
import { ofDrawing } from '../of-drawing.ts'

/** One way by which data comes to a step. */
export interface Arrival {
  readonly from: number
  readonly port: string
}

/** Ways that no wire shows: into a region and out of it with the results, on after a cancelled group, out of a group that failed. */
export const hiddenPorts = { everything: '*', failure: '!' } as const

export const arrivalsOf = ofDrawing(findArrivals)

function findArrivals({ nodes, out, hidden, regions }: Graph): readonly (readonly Arrival[])[] {
  const arrivals = emptyLists<Arrival>(nodes.length)
  out.forEach((ports, from) => {
    let cancels = false
    eachWire(ports, ({ to, group }, port) => {
      addTo(arrivals, to, { from, port })
      if (group !== undefined) cancels = true
    })
    const ways = hidden[from] ?? []
    if (ways.length === 0) return
    const own = regions.all.find(({ eaches }) => eaches.includes(from))
    for (const to of ways) {
      const hands = cancels || own?.members.has(to) === true
      addTo(arrivals, to, { from, port: hands ? hiddenPorts.everything : hiddenPorts.failure })
    }
  })
  for (const { members, eaches } of regions.all)
    for (const each of eaches) for (const from of members) addTo(arrivals, each, { from, port: hiddenPorts.everything })
  return arrivals
}
