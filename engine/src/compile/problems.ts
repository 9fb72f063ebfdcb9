import type { Problem, Text } from '@sluice/flows'
import { say } from '@sluice/flows'
import type { GraphNode } from './graph.ts'

type Fix = NonNullable<Problem['fix']>

const both = (en: string, zh: string): Text => ({ en, 'zh-CN': zh })

function nameOf(it: GraphNode, language: 'en' | 'zh-CN'): string {
  const { name } = it.node
  return name !== undefined ? say(name as Text, language) : it.facts === undefined ? it.node.id : say(it.facts.label, language)
}

/** A wording that names the step in both languages. */
export function about(it: GraphNode, write: (name: string, language: 'en' | 'zh-CN') => string): Text {
  return both(write(nameOf(it, 'en'), 'en'), write(nameOf(it, 'zh-CN'), 'zh-CN'))
}

export function error(
  code: string,
  at: { readonly node?: string; readonly edge?: number; readonly path?: string },
  message: Text,
  fix?: Fix,
): Problem {
  return { code, severity: 'error', ...at, message, ...(fix === undefined ? {} : { fix }) }
}

export function warning(
  code: string,
  at: { readonly node?: string; readonly edge?: number; readonly path?: string },
  message: Text,
  fix?: Fix,
): Problem {
  return { code, severity: 'warning', ...at, message, ...(fix === undefined ? {} : { fix }) }
}

export function hint(code: string, message: Text, fix?: Fix): Problem {
  return { code, severity: 'hint', message, ...(fix === undefined ? {} : { fix }) }
}

export function fix(action: string, en: string, zh: string, data?: unknown): Fix {
  return { says: both(en, zh), action, ...(data === undefined ? {} : { data }) }
}

export { both }
