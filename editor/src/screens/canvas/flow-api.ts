import type { FlowDefinition, Problem } from '@sluice/flows'
import { api, isProblem, type Page, send } from '../../app/api/index.ts'
import type { SaveAnswer } from '../../doc/index.ts'

export interface FlowStatus {
  readonly key: string
  readonly active: number | null
  readonly versions: number
  /** The draft is not what is live; null while nothing is. */
  readonly changed?: boolean | null
  readonly etag?: string | null
  readonly runs?: { readonly running: number; readonly waiting: number; readonly incident: number }
  readonly paused?: { readonly mode: 'hold' | 'refuse'; readonly held: number; readonly reason: string } | null
  readonly updatedAt?: string
  readonly updatedBy?: string | null
}

export interface Proof {
  readonly rule: string
  readonly holds: boolean
  readonly path?: readonly string[]
  /** Steps that only the run time can decide about. */
  readonly open?: readonly string[]
}

export interface Findings {
  readonly problems: readonly Problem[]
  readonly proofs?: readonly Proof[]
}

export interface FlowVersion {
  readonly version: number
  readonly digest: string
  readonly publishedAt: string
  readonly publishedBy: string | null
  readonly note?: string | null
  readonly active: boolean
  /** Runs that live on it. */
  readonly runs: { readonly running: number; readonly waiting: number; readonly incident: number }
}

export const aliveOn = ({ runs }: FlowVersion): number => runs.running + runs.waiting + runs.incident

/** What happens to runs that live on other versions. */
export type RunChoice = 'finish' | 'move' | 'stop'
export const runChoices: readonly RunChoice[] = ['finish', 'move', 'stop']

export interface Settled {
  readonly choice: RunChoice
  readonly done: number
  readonly left: readonly { readonly run: string; readonly code: string | null }[]
  readonly more: boolean
}

const at = (key: string) => `/flows/${encodeURIComponent(key)}`

export interface Draft {
  readonly file: FlowDefinition
  readonly etag: string | null
}

export async function readDraft(key: string, signal?: AbortSignal): Promise<Draft> {
  const answer = await send<FlowDefinition>('GET', at(key), { signal })
  return { file: answer.body, etag: answer.etag }
}

/** Saves the draft; what the server said is told apart, because each needs something else from the person. */
export async function saveDraft(file: FlowDefinition, etag: string | null): Promise<SaveAnswer> {
  try {
    const answer = await send<FlowDefinition>('PUT', at(file.key), { body: file, headers: etag === null ? {} : { 'if-match': etag } })
    return { kind: 'saved', etag: answer.etag }
  } catch (error) {
    if (!isProblem(error) || error.status === 0 || error.status >= 500) return { kind: 'offline' }
    if (error.status === 412 || error.status === 409) {
      const theirs = await readDraft(file.key).catch(() => null)
      return theirs === null ? { kind: 'offline' } : { kind: 'conflict', theirs: theirs.file, etag: theirs.etag }
    }
    const first = error.errors[0]
    return { kind: 'refused', reason: first === undefined ? error.message : `${error.message} ${first.path}: ${first.message}` }
  }
}

export const readStatus = (key: string, signal?: AbortSignal) => api.get<FlowStatus>(`${at(key)}/status`, undefined, signal)
export const validateDraft = (key: string, file: FlowDefinition) => api.post<Findings>(`${at(key)}/validate`, file)
export const publishDraft = (key: string, note: string, runs: RunChoice | null) =>
  api.post<{ readonly version: number; readonly digest: string; readonly problems?: readonly Problem[]; readonly runs: Settled }>(
    `${at(key)}/publish`,
    { ...(note === '' ? {} : { note }), ...(runs === null ? {} : { runs }) },
  )
export const readVersions = (key: string, signal?: AbortSignal) => api.get<Page<FlowVersion>>(`${at(key)}/versions`, { limit: 100 }, signal)
export const readVersion = (key: string, version: number, signal?: AbortSignal) =>
  api.get<FlowDefinition>(`${at(key)}/versions/${version}`, undefined, signal)
export const activateVersion = (key: string, version: number, reason: string, runs: RunChoice | null) =>
  api.post<{ readonly runs: Settled }>(`${at(key)}/versions/${version}/activate`, {
    ...(reason === '' ? {} : { reason }),
    ...(runs === null ? {} : { runs }),
  })
export const startRun = (key: string, trigger: string, input: unknown) =>
  api.post<{ readonly run: string | { readonly id: string } }>(`${at(key)}/runs`, { trigger, input })
