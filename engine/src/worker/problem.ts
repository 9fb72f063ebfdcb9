import type { Words } from '../core/words.ts'
import type { EngineReply } from './ports.ts'

/** A refusal with a code, answered to whoever asked. Has the shape of the SDK's `SluiceProblem`. */
export class EngineProblem extends Error {
  readonly code: string
  readonly status: number
  readonly details: readonly { readonly path: string; readonly message: string }[]
  readonly text: Words | undefined
  constructor(code: string, status: number, message: string | Words) {
    super(typeof message === 'string' ? message : message.en)
    this.name = 'SluiceProblem'
    this.code = code
    this.status = status
    this.details = []
    this.text = typeof message === 'string' ? undefined : message
  }
}

export function problem(code: string, status: number, message: string | Words): EngineProblem {
  return new EngineProblem(code, status, message)
}

interface ProblemLike {
  readonly code: string
  readonly status: number
  readonly message: string
  /** The message in both languages, where it was worded here. */
  readonly text?: Words | undefined
  readonly details?: readonly { readonly path: string; readonly message: string }[]
}

/** Packs bring their own problem class; the shape is what counts. */
export function isProblem(error: unknown): error is ProblemLike {
  const { code, status } = (error ?? {}) as { code?: unknown; status?: unknown }
  return typeof code === 'string' && code.startsWith('SLU_') && typeof status === 'number'
}

/** The store can no longer be trusted in this transaction (disk full, input/output error): the whole batch must go. */
export function isFatal(error: unknown): boolean {
  return (error as { fatal?: unknown } | null)?.fatal === true
}

export function failedReply(error: unknown): EngineReply {
  if (isProblem(error)) {
    const { code, message, status, details, text } = error
    return { ok: false, code, message, status, details: details ?? [], ...(text === undefined ? {} : { text }) }
  }
  return { ok: false, code: 'SLU_INTERNAL', message: describe(error), status: 500, details: [] }
}

/** What went wrong in words that hold no data: messages of other errors may quote what they choked on. */
export function describe(error: unknown): string {
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) return `${error.name}: ${error.message}`
  if (error instanceof Error && error.message.startsWith('SLU_')) return error.message
  return error instanceof Error ? error.name : 'an unknown value was thrown'
}
