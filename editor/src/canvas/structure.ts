import type { Text } from '@sluice/flows'
import { createFlow, isProblem, readFlow } from '../app/api/index.ts'
import { dataLanguage, say, translate } from '../app/i18n/index.ts'
import { go } from '../app/navigate.ts'
import { hasHan } from '../app/pinyin/spell.ts'
import { loadSyllables } from '../app/pinyin/use-syllables.ts'
import { announce } from '../app/shell/announce.ts'
import { extract, inline, type NoExtract, type NoInline } from '../doc/index.ts'
import { freeKey, keyOf } from '../screens/flows/flow-files.ts'
import { toast } from '../ui/index.ts'
import type { FlowEditor } from './flow-editor.ts'

const keysTriedMax = 20

/** The reason in the reader's words. */
export function reasonOf(no: NoExtract | NoInline): string {
  const language = dataLanguage()
  return translate(no.id, Object.fromEntries(Object.entries(no.values).map(([key, text]) => [key, say(text, language)])))
}

export function mayExtract({ flow, catalogue }: FlowEditor, ids: readonly string[]): NoExtract | null {
  const made = extract(flow.getState().doc, catalogue, ids, { key: 'new', name: 'new' })
  return 'id' in made ? made : null
}

/** Stores the steps as a new draft first; only when that is done does the call take their place. */
export async function extractTo(editor: FlowEditor, ids: readonly string[], name: string): Promise<boolean> {
  const { flow, catalogue, view, surface } = editor
  const { key: own } = flow.getState().doc.head
  const letters = hasHan(name) ? await loadSyllables().catch(() => null) : null
  const taken: string[] = []
  while (taken.length < keysTriedMax) {
    const key = freeKey(keyOf(name, letters) || `${own.slice(0, 55)}-part`, taken)
    const text: Text = name
    const made = extract(flow.getState().doc, catalogue, ids, { key, name: text })
    if ('id' in made) {
      toast({ tone: 'error', title: translate('canvas.extract.refused'), detail: reasonOf(made) })
      return false
    }
    try {
      await createFlow(made.flow)
    } catch (error) {
      // The server is asked for a name that is free; it knows also what this person may not see.
      if (isProblem(error, 412) || isProblem(error, 409)) {
        taken.push(key)
        continue
      }
      toast({ tone: 'error', title: translate('canvas.extract.failed'), detail: isProblem(error) ? error.message : '' })
      return false
    }
    const id = made.apply(flow)
    view.setState({ active: id })
    surface.current?.reveal(id)
    toast({
      tone: 'ok',
      title: translate('canvas.extract.done', { name }),
      detail: translate('canvas.extract.done.lead'),
      action: { label: translate('canvas.extract.open'), run: () => go(`/flows/${key}`) },
    })
    announce(translate('canvas.extract.done', { name }))
    return true
  }
  toast({ tone: 'error', title: translate('canvas.extract.failed') })
  return false
}

/** Draws the flow a step calls in its place. */
export async function inlineCall(editor: FlowEditor, id: string): Promise<void> {
  const { flow, catalogue, surface } = editor
  const key = (flow.getState().doc.nodes.get(id)?.config as { readonly flow?: unknown } | undefined)?.flow
  if (typeof key !== 'string' || key === '') {
    toast({ tone: 'error', title: translate('canvas.inline.refused'), detail: translate('canvas.inline.not-call') })
    return
  }
  const called = await readFlow(key).catch(() => null)
  if (called === null) {
    toast({ tone: 'error', title: translate('canvas.inline.refused'), detail: translate('canvas.inline.missing', { key }) })
    return
  }
  const no = inline(flow, catalogue, id, called)
  if (no !== null) toast({ tone: 'error', title: translate('canvas.inline.refused'), detail: reasonOf(no) })
  else surface.current?.focus()
}
