import type { Json, Problem, Text } from '@sluice/flows'

/** One wording per language. @example `words('Wait', '等待')` */
export function words(en: string, zh: string): { readonly en: string; readonly 'zh-CN': string } {
  return { en, 'zh-CN': zh }
}

/** A finding of a node's `check`; the path is relative to the config. */
export function flaw(code: `SLU_${string}`, path: string, en: string, zh: string, severity: Problem['severity'] = 'error'): Problem {
  return { code, severity, path, message: words(en, zh) }
}

/** Whether a raw config value is filled in when the step runs, so that a check cannot judge it yet. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && /^\s*\{%[\s\S]*%\}\s*$/.test(value)
}

const expression = /\{%\s*([\s\S]*?)\s*%\}/g
const picked = /^(?:event\.data|event|input|nodes\.\w+)\.([\w.]+)$/

/**
 * A raw config value as text for a card's sentence: what stands there, picked data by its names (`customer › name`), any other expression
 * as ƒ, nothing as an ellipsis. Never throws.
 */
export function shown(value: Json | undefined, fallback = '…'): string {
  if (value === undefined || value === null || value === '') return fallback
  if (typeof value === 'string')
    return shorten(value.replace(expression, (_, code: string) => picked.exec(code)?.[1]?.replaceAll('.', ' › ') ?? 'ƒ'))
  if (Array.isArray(value)) return value.length === 0 ? fallback : shorten(value.map((item) => shown(item)).join(', '))
  return typeof value === 'object' ? '{…}' : String(value)
}

/** The name of an option in the reader's language. */
export function optionName(labels: { readonly [value: string]: Text }, value: Json | undefined, language: 'en' | 'zh-CN'): string {
  const label = typeof value === 'string' ? labels[value] : undefined
  if (label === undefined) return shown(value)
  return typeof label === 'string' ? label : label[language]
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
