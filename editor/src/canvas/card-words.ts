import type { JsonObject, Text } from '@sluice/flows'
import { queryClient } from '../app/api/client.ts'
import type { FieldDefinition, Page } from '../app/api/shapes.ts'
import { formatIn, type MessageId, sayAnew, translate } from '../app/i18n/index.ts'

/** Names that come with the product: customer fields and events. */
const fields =
  'address budget city community_level competitor current_car email id_number income last_visit mobile model plate wechat'.split(' ')
const events = ['complaint.received', 'form.submitted', 'message.received', 'quote.requested', 'test_drive.completed']
const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing', 'service_delivery']

/** What a card says of its settings names fields and events as people do; a field that the workspace described goes by its own label. */
export function settingsInWords(of: string, config: JsonObject, language: 'en' | 'zh-CN'): JsonObject {
  const { fields: named, field, type, purpose, amount, currency } = config
  return {
    ...config,
    ...(Array.isArray(named) && { fields: named.map((name) => (typeof name === 'string' ? fieldWord(name, language) : name)) }),
    ...(typeof field === 'string' && { field: fieldWord(field, language) }),
    ...(typeof type === 'string' && events.includes(type) && { type: translate(`drawing.event.${type}` as MessageId) }),
    ...(of === 'crm.apply-discount' &&
      typeof amount === 'number' && { amount: formatIn(language).money(amount, String(currency)), currency: '' }),
    // Steps that look their purpose up do it by its name; this one only says it.
    ...(of === 'notify.customer' &&
      purposes.includes(String(purpose)) && { purpose: translate(`app.purpose.${String(purpose)}` as MessageId) }),
    ...(needsMore(of, config) && moreInWords(of, config, language)),
  }
}

/** Conditions, clock lines, and what is known by its id alone. */
function needsMore(of: string, config: JsonObject): boolean {
  return (
    /^(core\.(branch|schedule|call|for-each|lock|transform)|crm\.update)/.test(of) ||
    Object.values(config).some((value) => typeof value === 'string' && /^(rep|user):/.test(value))
  )
}

let words: typeof import('./more-words.ts') | 'coming' | undefined

/** As it is written until the part of the page that reads it is here. */
function moreInWords(of: string, config: JsonObject, language: 'en' | 'zh-CN'): JsonObject {
  if (typeof words === 'object') return words.moreWords(of, config, language, (name) => fieldWord(name, language))
  if (words === undefined) {
    words = 'coming'
    void import('./more-words.ts').then(
      (part) => {
        words = part
        sayAnew()
      },
      () => {
        words = undefined
      },
    )
  }
  return {}
}

function fieldWord(name: string, language: 'en' | 'zh-CN'): string {
  // As `fieldsQuery` keeps them, if a form asked already; a drawing asks for nothing.
  const known = queryClient.getQueryData<Page<FieldDefinition>>(['customer-fields'])?.items.find((field) => field.name === name)?.label
  return say(known, language) ?? (fields.includes(name) ? translate(`drawing.field.${name}` as MessageId) : name)
}

function say(label: Text | undefined, language: 'en' | 'zh-CN'): string | undefined {
  return typeof label === 'object' ? label[language] : label
}
