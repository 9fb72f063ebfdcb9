/**
 * How the inspector shows a config field: JSON Schema keywords beside the type (EDITOR.md §7.1).
 * Spread one of these into a schema: `Type.String({ ...ui('duration'), title: … })`.
 */
export type Widget =
  | 'text' // one line
  | 'textarea' // several lines
  | 'template' // text with chips of data; schema format `template`
  | 'expression' // one JSONata expression; schema format `expression`
  | 'value' // a literal or an expression
  | 'number'
  | 'switch'
  | 'select' // enum with labels
  | 'money' // minor units, shown as a decimal with the currency beside it
  | 'duration' // ISO 8601, shown as "90 seconds"
  | 'instant' // date and time
  | 'cron'
  | 'time-zone'
  | 'calendar' // working time of a place: one that ships or the workspace's own
  | 'purpose' // one of the four purposes
  | 'scene' // one of the seven scenes
  | 'person' // a user, a rep or a role
  | 'customer'
  | 'fields' // names of customer fields
  | 'date-field' // one customer field that holds a date
  | 'list'
  | 'rules' // condition and port, row by row
  | 'table' // decision table
  | 'mapping' // key and value
  | 'form' // JSON Schema of a form, drawn as fields
  | 'flow' // another flow's key
  | 'group' // a group of this flow
  | 'step' // another step of this flow
  | 'event-type'
  | 'connection' // name of a secret; its value is never shown
  | 'prompt' // prompt and version
  | 'json'
  | 'code' // JavaScript that runs in the sandbox

/** A label in both languages; plain `title` and `description` stay for tools that know only JSON Schema. */
export type Hints = {
  readonly title: string
  readonly 'x-title': { readonly en: string; readonly 'zh-CN': string }
  readonly 'x-ui': Widget
}

/** @example `Type.String({ ...ui('template', 'Text', '文本'), format: 'template' })` */
export function ui(widget: Widget, en: string, zh: string): Hints {
  return { title: en, 'x-title': { en, 'zh-CN': zh }, 'x-ui': widget }
}

/** One line of help under the field. */
export function help(
  en: string,
  zh: string,
): { readonly description: string; readonly 'x-help': { readonly en: string; readonly 'zh-CN': string } } {
  return { description: en, 'x-help': { en, 'zh-CN': zh } }
}

/** Labels of the values of an enum, in their order. */
export function options(labels: { readonly [value: string]: { readonly en: string; readonly 'zh-CN': string } }): {
  readonly 'x-options': typeof labels
} {
  return { 'x-options': labels }
}

/** The value decides yes or no: people may put it together as a rule. */
export const condition = { 'x-condition': true } as const
