import type { FlowDefinition } from '@sluice/flows'
import { newKey, ProblemError } from '../../app/api/index.ts'
import { apiBase } from '../../app/api/request.ts'
import { dataLanguage } from '../../app/i18n/index.ts'

export interface ReplayOutcome {
  readonly event: string
  readonly run: string | null
  readonly replayed: boolean
  readonly why: string | null
  readonly changes: readonly string[]
}

export interface ReplayTotals {
  readonly events: number
  readonly replayed: number
  readonly changed: number
  readonly more: boolean
  readonly notReplayed: Readonly<Record<string, number>>
  readonly acts: Readonly<Record<string, { readonly before: number; readonly after: number }>>
}

export type ReplayItem =
  | { readonly kind: 'begin'; readonly events: number }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'outcome'; readonly outcome: ReplayOutcome }
  | { readonly kind: 'end'; readonly totals: ReplayTotals }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** The answer line by line, as it comes; stopping to read stops the work on the server. */
export async function* replayDraft(
  key: string,
  body: { readonly from: string; readonly flow: FlowDefinition },
  signal: AbortSignal,
): AsyncGenerator<ReplayItem> {
  const response = await fetch(`${apiBase}/flows/${encodeURIComponent(key)}/replay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': dataLanguage(), 'idempotency-key': newKey() },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    signal,
  })
  if (!response.ok || response.body === null) throw new ProblemError(response.status, await response.json())
  yield* linesOf(response.body)
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ReplayItem> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line) as ReplayItem
  }
  if (rest !== '') yield JSON.parse(rest) as ReplayItem
}
