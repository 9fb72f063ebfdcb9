import type { ShownShape } from '@sluice/engine/compile'
import type { JsonObject } from '@sluice/flows'
import { type RefObject, useEffect, useRef } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import { complete } from './complete.ts'
import styles from './ExpressionDialog.module.css'
import type { EditorHandle } from './ExpressionDialog.tsx'
import { registerFunctionHelp } from './function-help.ts'
import { colours, monaco, themeName } from './monaco-setup.ts'
import { suggestionText } from './suggestion-text.ts'

/** Something underlined. */
export interface Mark {
  readonly message: string
  /** Character at which the word begins; null: the end of the text. */
  readonly at: number | null
  readonly isError: boolean
}

/** Where writing goes on: at the end, nowhere as yet, or as it was in the plain area, whose text may end with spaces that are not kept. */
export type Caret = 'end' | 'none' | { readonly text: string; readonly from: number; readonly to: number }

const noMarks: readonly Mark[] = []

/** The large editor. Loaded when the dialog opens, or before, in rests (`large-editor.ts`); the plain area stands in until then and if it cannot be loaded. */
export function MonacoEditor({
  value,
  onChange,
  document,
  seen = null,
  handle,
  label,
  marks = noMarks,
  language = 'jsonata',
  caret = 'end',
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly document: JsonObject
  /** What the check knows of the data, beside the sample. */
  readonly seen?: ShownShape
  readonly handle: RefObject<EditorHandle | null>
  readonly label: string
  readonly marks?: readonly Mark[]
  readonly language?: 'jsonata' | 'javascript'
  readonly caret?: Caret
}) {
  const host = useRef<HTMLDivElement>(null)
  const t = useT()
  const latest = useRef({ onChange, document, seen, t })
  useEffect(() => {
    latest.current = { onChange, document, seen, t }
  })
  const first = useRef({ value, caret })
  const model = useRef<monaco.editor.ITextModel | null>(null)

  useEffect(() => {
    const element = host.current
    if (element === null) return
    monaco.editor.defineTheme(themeName, colours())
    const editor = monaco.editor.create(element, {
      value: typeof first.current.caret === 'object' ? first.current.caret.text : first.current.value,
      language,
      theme: themeName,
      ariaLabel: label,
      automaticLayout: true,
      minimap: { enabled: false },
      lineNumbers: language === 'javascript' ? 'on' : 'off',
      glyphMargin: false,
      folding: false,
      lineDecorationsWidth: 8,
      renderLineHighlight: 'none',
      scrollBeyondLastLine: false,
      overviewRulerLanes: 0,
      wordWrap: 'on',
      fontSize: 13,
      fontFamily: getComputedStyle(element).getPropertyValue('--mono') || 'monospace',
      fixedOverflowWidgets: true,
      tabSize: 2,
      contextmenu: false,
      padding: { top: 8, bottom: 8 },
      quickSuggestions: { other: true, strings: false, comments: false },
      'semanticHighlighting.enabled': false,
    })
    const provider = monaco.languages.registerCompletionItemProvider('jsonata', {
      triggerCharacters: ['.', '$', '`'],
      provideCompletionItems(model, position) {
        const offset = model.getOffsetAt(position)
        const { document: sample, seen: known, t: say } = latest.current
        const { from, items } = complete(model.getValue(), offset, sample, known)
        const start = model.getPositionAt(from)
        const range = new monaco.Range(start.lineNumber, start.column, position.lineNumber, position.column)
        return {
          suggestions: items.map((item, index) => ({
            label: { label: item.label, description: suggestionText(item, say) },
            insertText: item.insert,
            // In the order in which they were found: what the sample holds comes first.
            sortText: String(index).padStart(3, '0'),
            kind: item.kind === 'function' ? monaco.languages.CompletionItemKind.Function : monaco.languages.CompletionItemKind.Field,
            range,
          })),
        }
      },
    })
    const help = registerFunctionHelp()
    const changes = editor.onDidChangeModelContent(() => latest.current.onChange(editor.getValue()))
    handle.current = {
      insert(text) {
        editor.executeEdits('data', [{ range: editor.getSelection() ?? new monaco.Range(1, 1, 1, 1), text, forceMoveMarkers: true }])
        editor.focus()
      },
    }
    model.current = editor.getModel()
    place(editor, first.current.caret)
    return () => {
      handle.current = null
      model.current = null
      changes.dispose()
      provider.dispose()
      help.dispose()
      editor.getModel()?.dispose()
      editor.dispose()
    }
  }, [handle, label, language])

  useEffect(() => {
    const text = model.current
    if (text === null) return
    const markers = marks.map(({ message, at, isError }) => {
      const place = text.getPositionAt(at ?? Math.max(0, text.getValueLength() - 1))
      const word = text.getWordAtPosition(place)
      return {
        severity: isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        message,
        startLineNumber: place.lineNumber,
        startColumn: word?.startColumn ?? place.column,
        endLineNumber: place.lineNumber,
        endColumn: word?.endColumn ?? place.column + 1,
      }
    })
    monaco.editor.setModelMarkers(text, 'sluice', markers)
  }, [marks])

  // `nokey`: the canvas takes the space bar for panning wherever it does not see a text field, and Monaco's is none it knows.
  return <div ref={host} className={cx(styles.monaco, 'nokey')} data-testid="monaco" />
}

function place(editor: monaco.editor.IStandaloneCodeEditor, caret: Caret): void {
  const text = editor.getModel()
  if (text === null || caret === 'none') return
  editor.focus()
  const { from, to } = caret === 'end' ? { from: text.getValueLength(), to: text.getValueLength() } : caret
  editor.setSelection(monaco.Range.fromPositions(text.getPositionAt(from), text.getPositionAt(to)))
}
