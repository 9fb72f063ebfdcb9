/** A text in both languages. */
export interface Words {
  readonly en: string
  readonly 'zh-CN': string
}

/** The head of an error that was worded here. */
export interface Worded {
  readonly code: string
  readonly message: string
  readonly text: Words
}

/** What went wrong, worded here: the English is the message, and both are recorded so that it is told in the reader's language. */
export function worded(code: string, en: string, zh: string): Worded {
  return { code, message: en, text: { en, 'zh-CN': zh } }
}

/** Hands the words of an error on, where it has any: journals and states hold no empty fields. */
export function textOf({ text }: { readonly text?: Words | undefined }): { readonly text?: Words } {
  return text === undefined ? {} : { text }
}
