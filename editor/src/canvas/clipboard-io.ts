import { dataLanguage, needTexts, say, translate } from '../app/i18n/index.ts'
import { fragmentOf, nameOf, outlineOf, type PasteOptions, type Place, removeItems } from '../doc/index.ts'
import { toast } from '../ui/index.ts'
import type { FlowEditor } from './flow-editor.ts'

/** What was copied last in this tab, for menus on pages that may not read the clipboard. */
let lastCopied = ''

/** Puts the selection on the clipboard as a flow file. Works without the clipboard permission, also on plain http. */
export function copySelection(editor: FlowEditor): boolean {
  const { doc, selection } = editor.flow.getState()
  const fragment = fragmentOf(doc, selection)
  if (fragment.nodes.length === 0 && fragment.notes?.length === 0) return false
  lastCopied = JSON.stringify(fragment, null, 2)
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', lastCopied)
    event.clipboardData?.setData('text/html', outlineHtml(fragment, namesOf(editor)))
  }
  document.addEventListener('copy', onCopy, { capture: true, once: true })
  const copied = document.execCommand('copy')
  document.removeEventListener('copy', onCopy, { capture: true })
  if (!copied) void navigator.clipboard?.writeText(lastCopied).catch(() => {})
  return true
}

export function cutSelection(editor: FlowEditor): void {
  const { flow, catalogue } = editor
  if (copySelection(editor)) removeItems(flow, catalogue, flow.getState().selection, { keepChain: true, label: 'cut' })
}

/** What comes in from outside is read, placed or refused by code that nobody needs before. */
export async function takeIn(take: (how: typeof import('./take-in.ts')) => Promise<void>): Promise<void> {
  // Only a network that went away keeps it from coming.
  const coming = await Promise.all([import('./take-in.ts'), needTexts('clipboard')]).catch(() => null)
  if (coming === null) toast({ tone: 'error', title: translate('app.problem.title') })
  else await take(coming[0])
}

/** From a menu: the clipboard when the page may read it, otherwise what was copied here. */
export async function pasteFromMenu(editor: FlowEditor, at?: Place, options: PasteOptions = {}): Promise<void> {
  let text = lastCopied
  try {
    text = (await navigator.clipboard.readText()) || lastCopied
  } catch {
    text = lastCopied
  }
  if (text !== '') await takeIn((how) => how.pasteText(editor, text, at, options))
}

function namesOf(editor: FlowEditor): (id: string) => string {
  const { doc } = editor.flow.getState()
  return (id) => {
    const step = doc.nodes.get(id)
    return step === undefined ? id : say(nameOf(step, editor.catalogue), dataLanguage())
  }
}

/** The same as lines for a chat, a mail or a ticket, which take rich text first. */
function outlineHtml(fragment: Parameters<typeof outlineOf>[0], names: (id: string) => string): string {
  const list = document.createElement('ul')
  for (const line of outlineOf(fragment, names).split('\n')) {
    const item = document.createElement('li')
    item.textContent = line.replace(/^• /, '')
    list.append(item)
  }
  return list.outerHTML
}
