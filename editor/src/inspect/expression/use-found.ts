import { pointerKeys, type Text } from '@sluice/flows'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { fieldOf } from '../../canvas/check/fixes.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { sourceOf } from '../modes.ts'

/** What the check found in an expression, at its place in the text. */
export interface Found {
  readonly message: Text
  readonly at: number
  readonly isError: boolean
}

const nothing: readonly Found[] = []

/** Of the text as it was last checked; while somebody types, nothing is said until the check has seen it. */
export function useFound(step: string, field: string | undefined, source: string): readonly Found[] {
  const { problems } = useFlowEditor()
  const list = useStore(problems, ({ byNode }) => byNode.get(step))
  const checked = useStore(problems, (state) => state.checked)
  const revision = useFlow((state) => state.revision)
  const config = useFlow((state) => state.doc.nodes.get(step)?.config)
  return useMemo(() => {
    if (list === undefined || checked !== revision) return nothing
    return list.flatMap(({ path, position, message, severity, code }) => {
      const keys = pointerKeys(fieldOf(path))
      // What is wrong with the text itself is said at once, by whoever evaluates it.
      if (position === undefined || keys[0] !== field || code.startsWith('SLU_EXPRESSION_')) return []
      const text = textAt(config, keys)
      if (text === null || sourceOf(text) !== source.trim()) return []
      const at = position - text.indexOf(source.trim())
      return at < 0 || at > source.length ? [] : [{ message, at, isError: severity === 'error' }]
    })
  }, [list, checked, revision, config, field, source])
}

function textAt(config: unknown, keys: readonly string[]): string | null {
  let value = config
  for (const key of keys) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof value === 'string' ? value : null
}
