import { detect } from './detect.ts'
import type { Finding, PiiKind } from './finding.ts'
import { kindLabels } from './kinds.ts'
import { type Normalised, normalise } from './normalise.ts'

/** From which confidence on something is hidden: more is hidden on the way out than inside. */
export const thresholds = { outbound: 0.4, analytics: 0.7 } as const

/** Longest text taken at once. */
export const textCharsMax = 200_000

export interface MaskOptions {
  /** `view`: each kind's usual partial view. `placeholder`: `<手机#1>`, the same number for the same value. */
  readonly style?: 'view' | 'placeholder'
  readonly confidenceMin?: number
  readonly language?: 'en' | 'zh-CN'
}

export interface MaskedText {
  readonly text: string
  /** What was found, by place in the raw text. Holds no value. */
  readonly findings: readonly { readonly kind: PiiKind; readonly start: number; readonly end: number; readonly confidence: number }[]
}

/** Hides structured personal data in free text. What is not found stays untouched, character by character. */
export function maskText(raw: string, options: MaskOptions = {}): MaskedText {
  const normalised = normalise(raw)
  const found = detect(normalised.text, options.confidenceMin ?? thresholds.outbound)
  const spoken = options.style === 'placeholder' ? placeholders(options.language ?? 'zh-CN') : null
  let text = ''
  let done = 0
  for (const finding of found) {
    const { start, end } = rawSpan(normalised, finding)
    text += raw.slice(done, start) + (spoken === null ? viewOf(normalised, finding) : spoken(normalised, finding))
    done = end
  }
  const findings = found.map((finding) => ({ kind: finding.kind, confidence: finding.confidence, ...rawSpan(normalised, finding) }))
  return { text: text + raw.slice(done), findings }
}

/** The masked text alone. @example `maskedText('手机13800138000') // '手机138****8000'` */
export function maskedText(raw: string): string {
  return maskText(raw).text
}

function rawSpan(
  { raw, rawAt }: Normalised,
  { start, end }: Pick<Finding, 'start' | 'end'>,
): { readonly start: number; readonly end: number } {
  const last = rawAt[end - 1] ?? 0
  const lastLength = (raw.codePointAt(last) ?? 0) > 0xffff ? 2 : 1
  return { start: rawAt[start] ?? 0, end: last + lastLength }
}

/** Stars stand in the raw spelling: hyphens and wide digits that are shown stay as they were written. */
function viewOf(normalised: Normalised, finding: Finding): string {
  const { raw, rawAt } = normalised
  const span = rawSpan(normalised, finding)
  if (finding.view === 'as-is') return raw.slice(span.start, span.end)
  if ('text' in finding.view) return finding.view.text
  const hidden = new Set(finding.view.stars.map((index) => rawAt[index]))
  const known = new Set(rawAt.slice(finding.start, finding.end))
  let text = ''
  let offset = span.start
  for (const char of raw.slice(span.start, span.end)) {
    // An invisible character has no place in the normalised text and is dropped.
    if (known.has(offset)) text += hidden.has(offset) ? '*' : char
    offset += char.length
  }
  return text
}

function placeholders(language: 'en' | 'zh-CN'): (normalised: Normalised, finding: Finding) => string {
  const numbers = new Map<string, number>()
  const counts = new Map<PiiKind, number>()
  return (normalised, finding) => {
    if (finding.view === 'as-is') return viewOf(normalised, finding)
    const value = `${finding.kind} ${normalised.text
      .slice(finding.start, finding.end)
      .replace(/[ \-.()·]/g, '')
      .toLowerCase()}`
    const number = numbers.get(value) ?? (counts.get(finding.kind) ?? 0) + 1
    if (!numbers.has(value)) counts.set(finding.kind, number)
    numbers.set(value, number)
    return `<${kindLabels[finding.kind][language]}#${number}>`
  }
}
