import { creditCodeChecksum, frenchVatChecksum, germanVatChecksum, ibanChecksum, vinChecksum } from './checksums.ts'
import { confidence, type Finding, hasContext, range, stars } from './finding.ts'

/** Numbers that hold letters: accounts, companies, vehicles, documents, devices. */
export function* detectCodes(text: string): Generator<Finding> {
  const upper = text.toUpperCase()
  // Some letters grow when raised ("ß"); such text is read as it is, so that offsets stay right.
  const read = upper.length === text.length ? upper : text
  yield* ibans(read)
  for (const match of read.matchAll(/[A-Z0-9]{8,18}/g)) {
    const start = match.index
    if (isWordChar(read[start - 1]) || isWordChar(read[start + match[0].length])) continue
    yield* wordCode(read, match[0], start)
  }
  yield* plates(read)
  yield* macs(read)
}

function* wordCode(text: string, word: string, start: number): Generator<Finding> {
  const end = start + word.length
  if (word.length === 18) yield* creditCode(word, start, end)
  if (word.length === 17) yield* vin(text, word, start, end)
  yield* vat(word, start, end)
  yield* passport(text, word, start, end)
  yield* permit(text, word, start, end)
}

/** IBAN lengths by country (ISO 13616 registry). */
const ibanLengths: { readonly [country: string]: number } = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  XK: 20,
}

function* ibans(text: string): Generator<Finding> {
  for (const match of text.matchAll(/[A-Z]{2}\d{2}/g)) {
    const start = match.index
    const length = ibanLengths[match[0].slice(0, 2)]
    if (length === undefined || isWordChar(text[start - 1])) continue
    const at = take(text, start, length)
    const end = (at.at(-1) ?? start) + 1
    if (at.length < length || isWordChar(text[end]) || !ibanChecksum(at.map((index) => text[index]).join(''))) continue
    yield { kind: 'iban', start, end, confidence: confidence.checksumAndContext, view: stars(at, 4, 4) }
  }
}

/** The next `count` letters and digits, single blanks and hyphens between them skipped. */
function take(text: string, start: number, count: number): readonly number[] {
  const at: number[] = []
  for (let index = start; index < text.length && at.length < count; index++) {
    if (isWordChar(text[index])) at.push(index)
    else if (!/[ -]/.test(text[index] ?? '') || !isWordChar(text[index + 1])) break
  }
  return at
}

/** Sole traders (92…) are people; companies (91…) are not, and are shown. */
function* creditCode(word: string, start: number, end: number): Generator<Finding> {
  if (!/^[1-9ANY][1-9A-HJ-NPQRTUWXY]\d{6}/.test(word) || !creditCodeChecksum(word)) return
  const view = word.startsWith('92') ? stars(range(start, end), 2, 2) : 'as-is'
  // Surer than a resident ID of the same digits only when letters show that it is none.
  yield { kind: 'cn-credit-code', start, end, confidence: /[A-Z]/.test(word) ? confidence.checksum : confidence.weakChecksum, view }
}

function* vin(text: string, word: string, start: number, end: number): Generator<Finding> {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(word) || !/[A-Z]/.test(word) || !/\d{4}$/.test(word)) return
  const named = hasContext(text, start, end, /VIN|车架|底盘|车辆识别|CHASSIS|FAHRGESTELL/i)
  const proven = vinChecksum(word)
  if (!named && !proven && !/^[A-HJ-NPR-Z]{3}/.test(word)) return
  const sure = named
    ? proven
      ? confidence.checksumAndContext
      : confidence.patternAndContext
    : proven
      ? confidence.checksum
      : confidence.pattern
  yield { kind: 'vin', start, end, confidence: sure, view: { stars: range(end - 6, end) } }
}

function* vat(word: string, start: number, end: number): Generator<Finding> {
  const german = /^DE(\d{9})$/.exec(word)?.[1]
  const french = /^FR(\d{2})(\d{9})$/.exec(word)
  const holds =
    (german !== undefined && germanVatChecksum(german)) || (french !== null && frenchVatChecksum(french[1] ?? '', french[2] ?? ''))
  if (holds) yield { kind: 'eu-vat', start, end, confidence: confidence.checksum, view: stars(range(start, end), 0, 3) }
}

function* passport(text: string, word: string, start: number, end: number): Generator<Finding> {
  const named = hasContext(text, start, end, /护照|PASSPORT|REISEPASS|PASSEPORT/i)
  const chinese = /^([DEGPS]\d{8}|E[A-HJ-NP-Z]\d{7})$/.test(word)
  const other = named && /^(?=.*\d)[A-Z0-9]{8,9}$/.test(word)
  if (chinese || other) {
    yield {
      kind: 'passport',
      start,
      end,
      confidence: named ? confidence.patternAndContext : confidence.pattern,
      view: stars(range(start, end), 0, 2),
    }
  }
}

function* permit(text: string, word: string, start: number, end: number): Generator<Finding> {
  if (!/^[CHMW]\d{8,10}$/.test(word)) return
  const named = hasContext(text, start, end, /通行证|回乡证|PERMIT/i)
  yield {
    kind: 'travel-permit',
    start,
    end,
    confidence: named ? confidence.patternAndContext : confidence.pattern,
    view: stars(range(start, end), 0, 2),
  }
}

const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·.•-]?(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Z0-9])/g

function* plates(text: string): Generator<Finding> {
  for (const match of text.matchAll(plate)) {
    const start = match.index
    const end = start + match[0].length
    const at = range(start, end).filter((index) => !/[ ·.•-]/.test(text[index] ?? ''))
    const tail = at.slice(2).filter((index) => /\d/.test(text[index] ?? '')).length
    if (tail === 0) continue
    const sure = hasContext(text, start, end, /车牌|牌照|号牌|车辆|PLATE/i) ? confidence.checksumAndContext : confidence.patternAndContext
    yield { kind: 'cn-plate', start, end, confidence: sure, view: stars(at, 2, 2) }
  }
}

/** The maker's half stays: it names no device. */
function* macs(text: string): Generator<Finding> {
  for (const match of text.matchAll(/[0-9A-F]{2}(?:([:-])[0-9A-F]{2})(?:\1[0-9A-F]{2}){4}/g)) {
    const start = match.index
    const end = start + match[0].length
    if (isWordChar(text[start - 1]) || isWordChar(text[end])) continue
    const at = range(start, end).filter((index) => /[0-9A-F]/.test(text[index] ?? ''))
    yield { kind: 'mac', start, end, confidence: confidence.patternAndContext, view: stars(at, 6, 0) }
  }
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z0-9]/.test(char)
}
