import { writeFlow } from '@sluice/flows'
import { toFile } from '../doc/index.ts'
import type { FlowEditor } from './flow-editor.ts'

export function downloadFlow(editor: FlowEditor, text: string): void {
  const { doc } = editor.flow.getState()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `${doc.head.key}.flow.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}

/** The flow as it is drawn now. */
export function downloadDraft(editor: FlowEditor): void {
  downloadFlow(editor, writeFlow(toFile(editor.flow.getState().doc)))
}
