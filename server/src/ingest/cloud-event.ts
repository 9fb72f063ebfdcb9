import type { EventEnvelope } from '@sluice/engine/worker'
import type { Json, JsonObject } from '@sluice/flows'
import { hasRealDay } from '@sluice/sdk'
import { refuse } from '../http/errors/refusal.ts'
import type { Language } from '../http/language.ts'
import { isPlainText } from '../http/plain-text.ts'
import { extensionsOf } from './extensions.ts'

/** Bounds of the attributes; CloudEvents itself asks for 64 KiB per event to be safe to forward. */
const limits = { idChars: 200, sourceChars: 500, typeChars: 200, subjectChars: 200 } as const

type Mistake = { readonly path: string; readonly message: string }
type Say = (en: string, zh: string) => string

/** A CloudEvents 1.0 event in JSON form, checked attribute by attribute. */
export function readCloudEvent(value: Json, language: Language, now: number, at = ''): EventEnvelope {
  const mistakes: Mistake[] = []
  const say: Say = (en, zh) => (language === 'en' ? en : zh)
  const wrong = (name: string, en: string, zh: string) => {
    mistakes.push({ path: `${at}/${name}`, message: say(en, zh) })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('SLU_EVENT_INVALID', { details: [{ path: at, message: say('must be an object', '须为对象') }] })
  }
  const event = value as JsonObject
  if (event.specversion !== '1.0') wrong('specversion', 'must be "1.0"', '须为 "1.0"')
  const id = text(event, 'id', limits.idChars, wrong)
  const source = text(event, 'source', limits.sourceChars, wrong)
  const type = text(event, 'type', limits.typeChars, wrong)
  const subject = event.subject === undefined || event.subject === null ? null : text(event, 'subject', limits.subjectChars, wrong)
  const time = timeOf(event, now, wrong)
  if (event.data !== undefined && event.data_base64 !== undefined)
    wrong('data_base64', 'comes instead of data, not beside it', '不能与 data 同时出现')
  checkDescriptions(event, wrong)
  const extensions = extensionsOf(event, wrong)
  if (mistakes.length > 0) throw refuse('SLU_EVENT_INVALID', { details: mistakes.slice(0, 50) })
  assertNotOurs(type, source)
  return { id, source, type, subject, time, data: dataOf(event, at, say), ...extensions, receivedAt: now }
}

/** Consent changes and the like are facts that Sluice itself found; nobody may forge them. */
function assertNotOurs(type: string, source: string): void {
  if (type.startsWith('sluice.') || source.startsWith('sluice:')) throw refuse('SLU_EVENT_TYPE_RESERVED')
}

type Wrong = (name: string, en: string, zh: string) => void

function text(event: JsonObject, name: string, charsMax: number, wrong: Wrong): string {
  const value = event[name]
  if (value === undefined || value === null) wrong(name, 'is missing', '缺失')
  else if (typeof value !== 'string') wrong(name, 'must be text', '须为文本')
  else if (value === '') wrong(name, 'must not be empty', '不能为空')
  else if (value.length > charsMax) wrong(name, `may have ${charsMax} characters at most`, `最多 ${charsMax} 个字符`)
  else if (!isPlainText(value)) wrong(name, 'must not hold control characters', '不能含控制字符')
  else return value
  return ''
}

const timestamp =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/

function timeOf({ time }: JsonObject, now: number, wrong: Wrong): string {
  if (time === undefined || time === null) return new Date(now).toISOString()
  if (typeof time === 'string' && timestamp.test(time) && hasRealDay(time)) return time
  wrong('time', 'must be an RFC 3339 time such as 2026-03-02T03:00:00Z', '须为 RFC 3339 时间，例如 2026-03-02T03:00:00Z')
  return ''
}

function checkDescriptions({ datacontenttype, dataschema }: JsonObject, wrong: Wrong): void {
  if (
    datacontenttype !== undefined &&
    datacontenttype !== null &&
    (typeof datacontenttype !== 'string' || !/^[\w.+-]+\/[\w.+-]+/.test(datacontenttype))
  ) {
    wrong('datacontenttype', 'must be a media type such as application/json', '须为媒体类型，例如 application/json')
  }
  if (dataschema !== undefined && dataschema !== null && (typeof dataschema !== 'string' || !URL.canParse(dataschema))) {
    wrong('dataschema', 'must be an absolute URI', '须为绝对 URI')
  }
}

function dataOf({ data, data_base64, datacontenttype }: JsonObject, at: string, say: Say): Json {
  if (data_base64 === undefined || data_base64 === null) return data ?? null
  if (typeof data_base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(data_base64)) {
    throw refuse('SLU_EVENT_INVALID', { details: [{ path: `${at}/data_base64`, message: say('must be Base64', '须为 Base64') }] })
  }
  // Binary data stays as it came: flows see its text and its type, never bytes that pose as JSON.
  return { base64: data_base64, contentType: typeof datacontenttype === 'string' ? datacontenttype : 'application/octet-stream' }
}
