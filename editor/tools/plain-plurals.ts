/** A compiled message: text, values by name, and choices. */
export type Token = string | readonly [name: string, type?: string, choices?: unknown]
export type Message = string | readonly Token[]

/**
 * Plurals and numbers of a compiled message as plain choices and values: which form a number asks for and how it is written is said by
 * the page (`i18n/number-values.ts`). The library makes a formatter of the browser for the first number it meets, which takes 15 ms.
 */
export function plainPlurals(message: Message): Message {
  return typeof message === 'string' ? message : message.map(plainToken)
}

function plainToken(token: Token): Token {
  if (typeof token === 'string') return token
  const [name, type, choices] = token
  if (type === 'number' && choices === undefined) return [`#${name}`]
  if (type === 'select') return [name, type, mapped(choices, plainPlurals)]
  if (type !== 'plural') return token
  const { offset, ...cases } = choices as Record<string, Message>
  if (offset !== undefined) throw new Error(`${name}: a plural with an offset is not taken apart`)
  const forms = mapped(cases, (form) => withNumber(plainPlurals(form), name))
  const named = Object.fromEntries(Object.entries(forms).filter(([form]) => !/^\d+$/.test(form)))
  const exact = Object.fromEntries(Object.entries(forms).filter(([form]) => /^\d+$/.test(form)))
  const byForm: Token = [`~${name}`, 'select', named]
  return Object.keys(exact).length === 0 ? byForm : [name, 'select', { ...exact, other: [byForm] }]
}

const withNumber = (message: Message, name: string): Message =>
  typeof message === 'string' ? message : message.map((token): Token => (token === '#' ? [`#${name}`] : token))

function mapped(choices: unknown, change: (message: Message) => Message): Record<string, Message> {
  return Object.fromEntries(Object.entries(choices as Record<string, Message>).map(([form, message]) => [form, change(message)]))
}
