import type { Json } from '@sluice/flows'
import { createStore } from 'zustand/vanilla'

export interface KeptOutput {
  readonly port: string
  readonly data: Json
}

/**
 * Outputs of tests that stand as samples for the steps behind. In memory only and gone with the tab: they may hold what a customer
 * said, so nothing of them is written down in a browser, and nothing of them is part of the flow.
 */
export const keptOutputs = createStore<{ readonly byStep: ReadonlyMap<string, KeptOutput> }>(() => ({ byStep: new Map() }))

const keptMax = 200
/** The latest result of a test of each step, for the key that pins it. */
const tested = new Map<string, KeptOutput>()

export function keepOutput(flow: string, step: string, output: KeptOutput | null): void {
  keptOutputs.setState(({ byStep }) => {
    const rest = [...byStep].filter(([name]) => name !== nameOf(flow, step))
    return { byStep: new Map(output === null ? rest : [...rest, [nameOf(flow, step), output] as const].slice(-keptMax)) }
  })
}

export function keptOf(byStep: ReadonlyMap<string, KeptOutput>, flow: string): ReadonlyMap<string, KeptOutput> {
  const before = nameOf(flow, '')
  return new Map([...byStep].flatMap(([name, output]) => (name.startsWith(before) ? [[name.slice(before.length), output] as const] : [])))
}

/** A test of a step gave this. */
export function noteTested(flow: string, step: string, output: KeptOutput): void {
  tested.delete(nameOf(flow, step))
  tested.set(nameOf(flow, step), output)
  for (const oldest of tested.keys()) {
    if (tested.size <= keptMax) break
    tested.delete(oldest)
  }
}

export function testedOutput(flow: string, step: string): KeptOutput | undefined {
  return tested.get(nameOf(flow, step))
}

export function isKept(byStep: ReadonlyMap<string, KeptOutput>, flow: string, step: string): boolean {
  return byStep.has(nameOf(flow, step))
}

const nameOf = (flow: string, step: string) => `${flow}/${step}`
