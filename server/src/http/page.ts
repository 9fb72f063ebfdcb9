import { Type } from 'typebox'
import { refuse } from './errors/refusal.ts'

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
}

export const PageQuery = Type.Object(pageQuery, { additionalProperties: false })

type Asked = { readonly [name: string]: string | undefined }

export function limitOf({ limit }: Asked): { readonly limit?: number } {
  return limit === undefined ? {} : { limit: Number(limit) }
}

/** Cursors are ours to read: people only hand them back. */
export function textCursorOf({ cursor }: Asked): { readonly cursor?: string } {
  if (cursor === undefined) return {}
  if (!/^[\w-]{1,64}$/.test(cursor)) throw refuse('SLU_CURSOR_INVALID')
  return { cursor }
}

/** The id of the last one, of things whose ids grow with time. */
export function idCursorOf({ cursor }: Asked): { readonly cursor?: string } {
  if (cursor === undefined) return {}
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(cursor)) throw refuse('SLU_CURSOR_INVALID')
  return { cursor }
}

export function numberCursorOf({ cursor }: Asked): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw refuse('SLU_CURSOR_INVALID')
  return Number(cursor)
}

export function instant(at: number): string
export function instant(at: number | null): string | null
export function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
