import { exactIntegers, repeatedName } from '@sluice/flows'
import { problem } from '@sluice/sdk/server'
import { XMLParser } from 'fast-xml-parser'

const bytesMax = 64 * 1024

// No entities, no attributes, no numbers guessed from digits: an id stays the text it was.
const xml = new XMLParser({ processEntities: false, ignoreAttributes: true, parseTagValue: false, trimValues: true })

/** The flat fields of a push, XML or JSON. Nested parts are left out: authorisation pushes have none. */
export function readFields(text: string): { readonly [name: string]: string } {
  const refusal = problem('SLU_WECHAT_MESSAGE', 400, 'The push is neither the documented XML nor JSON')
  if (text.length > bytesMax || /<!(DOCTYPE|ENTITY)/i.test(text)) throw refusal
  const trimmed = text.trim()
  let root: unknown
  try {
    root = trimmed.startsWith('{') ? JSON.parse(exactIntegers(trimmed)) : (xml.parse(trimmed, true) as { xml?: unknown }).xml
  } catch {
    throw refusal
  }
  if (trimmed.startsWith('{') && repeatedName(trimmed, null, 64) !== null) throw refusal
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw refusal
  const fields: { [name: string]: string } = Object.create(null)
  for (const [name, value] of Object.entries(root)) if (typeof value === 'string' || typeof value === 'number') fields[name] = String(value)
  return fields
}
