import type { ShownShape } from '@sluice/engine/compile'
import type { Scope } from '@sluice/engine/expression'
import { createContext, useContext } from 'react'

/** The sample that fields of the open step are shown with. */
export interface SampleScope {
  /** The step whose form is open; empty for the flow itself. */
  readonly step: string
  /** Null while nothing is known. */
  readonly scope: Scope | null
  /** Where it comes from. */
  readonly source: 'run' | 'example' | 'none'
  readonly runId: string | null
  readonly index: number
  readonly count: number
  readonly at: number | null
  /** What left the step in this sample, by port. */
  readonly outputs: readonly { readonly port: string; readonly data: unknown }[]
  /** What the step recorded about its decision. */
  readonly why: unknown
  readonly go: (step: number) => void
  /** This run stays the sample until it is let go. */
  readonly isPinned: boolean
  /** Null where nothing can be pinned. */
  readonly pin: ((isOn: boolean) => void) | null
  /** Places of the input that are not as the port before promises. */
  readonly misfits: readonly string[]
  /** Steps before this one whose output comes from a test that was kept. */
  readonly kept: readonly string[]
  /** What the check knows of the data, whatever this sample holds. */
  readonly seen: ShownShape
}

const noScope: SampleScope = {
  step: '',
  scope: null,
  source: 'none',
  runId: null,
  index: 0,
  count: 0,
  at: null,
  outputs: [],
  why: null,
  go: () => {},
  isPinned: false,
  pin: null,
  misfits: [],
  kept: [],
  seen: null,
}

const ScopeContext = createContext<SampleScope>(noScope)
export const ScopeProvider = ScopeContext.Provider

export function useScope(): SampleScope {
  return useContext(ScopeContext)
}
