import { dataLanguage, say, translate } from '../app/i18n/index.ts'
import { announce } from '../app/shell/announce.ts'
import type { Refusal } from '../doc/index.ts'
import { toast } from '../ui/index.ts'

/** The reason in the reader's words. */
export function refusalText(no: Refusal): string {
  const language = dataLanguage()
  return translate(no.id, Object.fromEntries(Object.entries(no.values).map(([key, text]) => [key, say(text, language)])))
}

/** Says why a wire was not drawn; silence means it was. */
export function explainRefusal(no: Refusal | null): void {
  if (no === null) return
  const text = refusalText(no)
  toast({ tone: 'info', title: text })
  announce(text)
}
