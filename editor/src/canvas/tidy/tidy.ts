import {
  boxOf,
  type Catalogue,
  type FlowDocument,
  type FlowStore,
  fitFrames,
  moveItems,
  orphanPorts,
  type Place,
  portsOfStep,
  type Ref,
  wiresOut,
} from '../../doc/index.ts'
import type { LayoutAnswer, LayoutRequest } from './layout.ts'

let worker: Worker | null = null
let next = 1

/** Starts the worker ahead of its first use. */
export function warmTidy(): void {
  worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
}

function ask(request: Omit<LayoutRequest, 'id'>): Promise<LayoutAnswer> {
  warmTidy()
  const id = next++
  const asked = worker
  if (asked === null) return Promise.reject(new Error('There is no worker'))
  return new Promise((resolve, reject) => {
    const done = (event: MessageEvent<LayoutAnswer>) => {
      if (event.data.id !== id) return
      asked.removeEventListener('message', done)
      resolve(event.data)
    }
    asked.addEventListener('message', done)
    asked.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
    asked.postMessage({ id, ...request })
  })
}

/** Boxes and wires of the steps to lay out, wires in the order of their ports. */
export function requestFor(doc: FlowDocument, catalogue: Catalogue, ids: ReadonlySet<string>): Omit<LayoutRequest, 'id'> {
  const steps = [...doc.nodes.values()].filter((step) => ids.has(step.id))
  return {
    boxes: steps.map((step) => {
      const { width, height } = boxOf(step, catalogue)
      return { id: step.id, width, height }
    }),
    wires: steps.flatMap((step) => {
      const order = [...portsOfStep(step, catalogue).outputs, ...orphanPorts(doc, step, catalogue)].map((port) => port.name)
      const rank = (port: string) => (order.includes(port) ? order.indexOf(port) : order.length)
      return [...wiresOut(doc.edges, step.id)]
        .filter((edge) => ids.has(edge.to.node) && edge.to.node !== step.id)
        .sort((a, b) => rank(a.from.port) - rank(b.from.port))
        .map((edge) => ({ from: step.id, to: edge.to.node }))
    }),
  }
}

/** Lays steps out in a worker; the page stays free meanwhile. The upper left corner of what is laid out stays where it was. */
export async function tidy(flow: FlowStore, catalogue: Catalogue, only?: ReadonlySet<string>): Promise<boolean> {
  const { doc } = flow.getState()
  const ids = only === undefined || only.size < 2 ? new Set(doc.nodes.keys()) : only
  if (ids.size === 0) return false
  const answer = await ask(requestFor(doc, catalogue, ids))
  const now = flow.getState().doc
  const there = answer.places.filter(([id]) => now.nodes.has(id))
  const left = Math.min(...there.map(([id]) => now.nodes.get(id)?.at?.[0] ?? 0))
  const top = Math.min(...there.map(([id]) => now.nodes.get(id)?.at?.[1] ?? 0))
  const minX = Math.min(...there.map(([, x]) => x))
  const minY = Math.min(...there.map(([, , y]) => y))
  const places = new Map<Ref, Place>(there.map(([id, x, y]) => [id, { x: x - minX + left, y: y - minY + top }]))
  return moveItems(flow, places, 'tidy', { after: (draft) => fitFrames(draft, catalogue) })
}
