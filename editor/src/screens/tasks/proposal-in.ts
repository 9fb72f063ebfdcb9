export interface ProposalShown {
  readonly content: unknown
  /** 0 to 1; null when it does not say. */
  readonly confidence: number | null
  readonly sources: readonly string[]
  readonly origin: string | null
}

type Members = Readonly<Record<string, unknown>>

/** The AI's proposal in what a task shows: under `proposal` or `strategy`, or a thing that names its model. Null: there is none. */
export function proposalIn(shown: unknown): ProposalShown | null {
  if (!isMembers(shown)) return null
  const found = [shown.proposal, shown.strategy].find((each) => each !== undefined && each !== null) ?? (isMade(shown) ? shown : undefined)
  if (found === undefined) return null
  if (!isMembers(found)) return { content: found, confidence: null, sources: [], origin: null }
  const { confidence, sources, factRefs, facts, origin, ...content } = found
  return {
    content,
    confidence: typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null,
    sources: [sources, factRefs, facts].flatMap(namesIn).slice(0, 50),
    origin: isMembers(origin) ? textOf(origin.model) : textOf(origin),
  }
}

/** What else a task shows than the proposal; null when that is all. */
export function besideProposal(shown: unknown): unknown {
  if (!isMembers(shown) || proposalIn(shown) === null) return shown
  if (isMade(shown)) return null
  const { proposal, strategy, ...rest } = shown
  return Object.keys(rest).length === 0 ? null : rest
}

function isMade(value: Members): boolean {
  return isMembers(value.origin) && 'kind' in value.origin
}

function namesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return [
    ...new Set(value.flatMap((each: unknown) => textOf(each) ?? (isMembers(each) ? (textOf(each.title) ?? textOf(each.id) ?? []) : []))),
  ]
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
