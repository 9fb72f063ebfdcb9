import { dataLanguage, say, translate } from '../app/i18n/index.ts'
import { addNote, addStep, type PasteOptions, type Place, paste, readFragment } from '../doc/index.ts'
import { stepFromTable } from '../inspect/table/step-from-table.ts'
import { toast } from '../ui/index.ts'
import type { FlowEditor } from './flow-editor.ts'

/** A flow file is never larger (flows/README). */
const fileBytesMax = 8 * 1024 * 1024

/** Pastes flow text at the pointer, else in the middle. Anything else is named as what it is not, and changes nothing. */
export async function pasteText(editor: FlowEditor, text: string, at?: Place, options: PasteOptions = {}): Promise<void> {
  const reading = await readFragment(text)
  if (!reading.ok && !reading.isJson && placeTable(editor, text, at)) return
  if (!reading.ok) {
    const problem = reading.isJson || text.trimStart().startsWith('{') ? reading.problem : null
    const detail = problem === null ? translate('canvas.paste.not-json') : say(problem.message, dataLanguage())
    const { path = '', line } = problem ?? {}
    // What is no JSON says its line itself.
    const said = line === undefined || !reading.isJson ? '' : translate('canvas.paste.line', { line })
    const where = [path, said].filter((each) => each !== '')
    toast({
      tone: 'error',
      title: translate('canvas.paste.refused'),
      detail: where.length === 0 ? detail : `${detail} (${where.join(' · ')})`,
    })
    return
  }
  const place = at ?? editor.view.getState().pointer ?? editor.surface.current?.center() ?? { x: 0, y: 0 }
  const refs = paste(editor.flow, editor.catalogue, reading.doc, place, options)
  const [first] = refs
  if (first !== undefined) {
    editor.view.setState({ active: editor.flow.getState().doc.nodes.has(first) ? first : null })
    editor.surface.current?.reveal(first)
  }
}

/** A block of a spreadsheet or a CSV file becomes a decision table. False when it is none. */
function placeTable(editor: FlowEditor, text: string, at: Place | undefined): boolean {
  const table = stepFromTable(text)
  if (table === null) return false
  const place = at ?? editor.view.getState().pointer ?? editor.surface.current?.center() ?? { x: 0, y: 0 }
  const step = addStep(editor.flow, editor.catalogue, { type: 'core.decision', at: place, config: table.config })
  editor.view.setState({ active: step })
  editor.surface.current?.reveal(step)
  toast({ tone: 'ok', title: translate('canvas.paste.table', { rows: table.rows, left: table.left }) })
  return true
}

/** A flow file becomes steps, a picture a note with its name: the flow's file holds words, not pictures. */
export async function takeFile(editor: FlowEditor, file: File, at?: Place): Promise<void> {
  const place = at ?? editor.view.getState().pointer ?? editor.surface.current?.center() ?? { x: 0, y: 0 }
  if (file.type.startsWith('image/')) {
    addNote(editor.flow, place, translate('canvas.drop.image.note', { name: file.name.slice(0, 200) }))
    toast({ tone: 'info', title: translate('canvas.drop.image') })
    return
  }
  if (file.size > fileBytesMax) {
    toast({ tone: 'error', title: translate('canvas.paste.refused'), detail: translate('canvas.drop.large', { size: '8 MB' }) })
    return
  }
  await pasteText(editor, await file.text(), place)
}
