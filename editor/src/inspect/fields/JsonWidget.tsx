import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { TextArea } from '../../ui/index.ts'
import type { WidgetProps } from './types.ts'

/** JSON as text. What is not valid yet stays in the field and out of the flow. */
export function JsonWidget({ field, value, onChange, id, isDisabled }: WidgetProps) {
  const t = useT()
  const isLoose = field.widget === 'value'
  const [text, setText] = useState(() => show(value, isLoose))
  const [seen, setSeen] = useState(value)
  const [error, setError] = useState<string | null>(null)
  // Undo, paste or another mode changed the value from outside.
  if (value !== seen) {
    setSeen(value)
    setText(show(value, isLoose))
    setError(null)
  }
  const change = (next: string) => {
    setText(next)
    const read = parse(next, isLoose)
    if (!read.ok) {
      setError(t('inspect.json.wrong', { reason: read.reason }))
      return
    }
    setError(null)
    setSeen(read.value)
    onChange(read.value)
  }
  return (
    <TextArea
      id={id}
      aria-label={field.name}
      value={text}
      onChange={change}
      isDisabled={isDisabled}
      isCode
      rows={isLoose ? 2 : 6}
      spellCheck="false"
      error={error}
    />
  )
}

function show(value: unknown, isLoose: boolean): string {
  if (value === undefined) return ''
  return isLoose && typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** Loose: what is no JSON is text, so that people need no quotes. */
function parse(
  text: string,
  isLoose: boolean,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch (error) {
    const looksLikeJson = /^\s*[[{]/.test(text)
    return isLoose && !looksLikeJson ? { ok: true, value: text } : { ok: false, reason: error instanceof Error ? error.message : '' }
  }
}
