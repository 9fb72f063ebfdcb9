import { isRealDate, luhn, residentIdChecksum } from './checksums.ts'
import { type Candidate, candidates, digitRuns } from './digit-groups.ts'
import { confidence, type Finding, hasContext, hasContextBefore, stars } from './finding.ts'

const digitsMax = 20

/** Everything that is written in digits: phones, IDs, cards, devices, and what is too long to be harmless. */
export function* detectNumbers(text: string): Generator<Finding> {
  for (const run of digitRuns(text)) {
    for (const group of run.groups) yield* longRun(text, group.start, group.end)
    for (const candidate of candidates(text, run, digitsMax)) yield* readNumber(text, candidate)
  }
}

function* readNumber(text: string, candidate: Candidate): Generator<Finding> {
  yield* mobile(text, candidate)
  yield* residentId(text, candidate)
  yield* oldResidentId(text, candidate)
  yield* bankCard(text, candidate)
  yield* imei(text, candidate)
  yield* internationalPhone(text, candidate)
  yield* landline(text, candidate)
}

const phoneWords = /手机|电话|联系|致电|来电|拨打|phone|mobile|tel|call|cell/i

function* mobile(text: string, { digits, at, start, end, groups }: Candidate): Generator<Finding> {
  const prefix = /^(?:00)?86(?=1[3-9]\d{9}$)/.exec(digits)?.[0].length ?? 0
  if (!/^1[3-9]\d{9}$/.test(digits.slice(prefix)) || (groups > 4 && !hasContext(text, start, end, phoneWords))) return
  const own = at.slice(prefix)
  const sure = hasContext(text, start, end, phoneWords) ? confidence.checksumAndContext : confidence.patternAndContext
  yield {
    kind: 'cn-mobile',
    start: prefix > 0 && text[start - 1] === '+' ? start - 1 : start,
    end,
    confidence: sure,
    view: stars(own, 3, 4),
  }
}

/** First two digits of every province, region and of the permits for people from Hong Kong, Macau and Taiwan. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

function* residentId(text: string, { digits, at, end, start }: Candidate): Generator<Finding> {
  const closesWithX = digits.length === 17 && /^[xX](?![A-Za-z0-9])/.test(text.slice(end, end + 2))
  if (digits.length !== 18 && !closesWithX) return
  const id = closesWithX ? `${digits}X` : digits
  if (!provinces.has(id.slice(0, 2)) || !isRealDate(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14)))) return
  if (!residentIdChecksum(id)) return
  const places = closesWithX ? [...at, end] : at
  const after = closesWithX ? end + 1 : end
  const sure = hasContext(text, start, after, /身份证|证件|\bID\b|id card|identity/i) ? confidence.checksumAndContext : confidence.checksum
  yield { kind: 'cn-resident-id', start, end: after, confidence: sure, view: stars(places, 3, 2) }
}

function* oldResidentId(text: string, { digits, at, start, end }: Candidate): Generator<Finding> {
  if (digits.length !== 15 || !provinces.has(digits.slice(0, 2))) return
  if (!isRealDate(1900 + Number(digits.slice(6, 8)), Number(digits.slice(8, 10)), Number(digits.slice(10, 12)))) return
  const known = hasContext(text, start, end, /身份证|证件/)
  yield { kind: 'cn-id-15', start, end, confidence: known ? confidence.patternAndContext : confidence.pattern, view: stars(at, 0, 2) }
}

const cardWords = /卡号|银行卡|信用卡|储蓄卡|借记卡|账号|帐号|card|visa|master|union ?pay|银联/i

/** Leading digits of the card networks, with the lengths they issue. */
function hasKnownIssuer(digits: string): boolean {
  const { length } = digits
  if (/^62/.test(digits)) return length >= 16
  if (/^4/.test(digits)) return length === 13 || length === 16 || length === 19
  if (/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(digits)) return length === 16
  if (/^3[47]/.test(digits)) return length === 15
  if (/^3(0[0-5]|[68])/.test(digits)) return length === 14 || length === 16
  return length === 16 && /^(35(2[89]|[3-8])|6011|65)/.test(digits)
}

function* bankCard(text: string, { digits, at, start, end }: Candidate): Generator<Finding> {
  if (digits.length < 13 || digits.length > 19 || !luhn(digits)) return
  const known = hasKnownIssuer(digits)
  const named = hasContext(text, start, end, cardWords)
  if (!known && !named) return
  const sure = named ? confidence.checksumAndContext : confidence.checksum
  yield { kind: 'bank-card', start, end, confidence: sure, view: stars(at, 6, 4) }
}

function* imei(text: string, { digits, at, start, end }: Candidate): Generator<Finding> {
  if (digits.length !== 15 || !luhn(digits) || !hasContext(text, start, end, /imei|设备号|串号/i)) return
  yield { kind: 'imei', start, end, confidence: confidence.checksumAndContext, view: stars(at, 0, 0) }
}

/** Calling codes of one and two digits; every other has three. */
function callingCodeLength(digits: string): number {
  if (/^[17]/.test(digits)) return 1
  return /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.test(digits) ? 2 : 3
}

function* internationalPhone(text: string, { digits, at, start, end }: Candidate): Generator<Finding> {
  const plus = text[start - 1] === '+' || text.slice(start - 2, start) === '+('
  if (!plus || digits.length < 7 || digits.length > 15 || digits.startsWith('0')) return
  const sure = hasContext(text, start, end, phoneWords) ? confidence.checksumAndContext : confidence.patternAndContext
  yield { kind: 'phone', start: start - 1, end, confidence: sure, view: stars(at, callingCodeLength(digits), 2) }
}

/** Chinese landlines with area code, European national numbers when a word says so. */
function* landline(text: string, { digits, at, start, end, groups }: Candidate): Generator<Finding> {
  if (!/^0[1-9]\d{7,10}$/.test(digits) || text[start - 1] === '+') return
  const named = hasContext(text, start, end, phoneWords)
  const chinese = groups === 2 && /^(010|02\d|0[3-9]\d{2})/.test(digits) && digits.length >= 10
  if (!named && !chinese) return
  yield { kind: 'phone', start, end, confidence: named ? confidence.patternAndContext : confidence.pattern, view: stars(at, 0, 2) }
}

/** Shortest run of digits that is never shown, whatever it is. */
const longRunDigitsMin = 11

function* longRun(text: string, start: number, end: number): Generator<Finding> {
  if (end - start < longRunDigitsMin || hasContextBefore(text, start, /[.]$/)) return
  const at = Array.from({ length: end - start }, (_, index) => start + index)
  yield { kind: 'digit-run', start, end, confidence: confidence.pattern, view: stars(at, 0, 2) }
}
