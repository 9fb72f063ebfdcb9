/** SHA-256 (FIPS 180-4) without platform help, so that every host and the browser give the same digest synchronously. */
const round = new Uint32Array(64)
const initial = new Uint32Array(8)

function fractional(root: number): number {
  return ((root - Math.floor(root)) * 0x1_0000_0000) | 0
}

/** The constants are the fractional parts of roots of the first primes. */
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false
  if (!prime) continue
  if (found < 8) initial[found] = fractional(Math.sqrt(candidate))
  round[found++] = fractional(Math.cbrt(candidate))
}

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  const bytes = padded(text)
  const hash = new Uint32Array(initial)
  const words = new Uint32Array(64)
  for (let offset = 0; offset < bytes.length; offset += 64) digestBlock(bytes, offset, hash, words)
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('')
}

function padded(text: string): Uint8Array {
  const content = utf8(text)
  const bytes = new Uint8Array(Math.ceil((content.length + 9) / 64) * 64)
  bytes.set(content)
  bytes[content.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(bytes.length - 8, Math.floor((content.length * 8) / 0x1_0000_0000))
  view.setUint32(bytes.length - 4, (content.length * 8) >>> 0)
  return bytes
}

function digestBlock(bytes: Uint8Array, offset: number, hash: Uint32Array, words: Uint32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (let index = 0; index < 16; index++) words[index] = view.getUint32(offset + index * 4)
  for (let index = 16; index < 64; index++) {
    const early = at(words, index - 15)
    const late = at(words, index - 2)
    const mixed = (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10))
    words[index] = at(words, index - 16) + at(words, index - 7) + mixed
  }
  let [a, b, c, d, e, f, g, h] = [at(hash, 0), at(hash, 1), at(hash, 2), at(hash, 3), at(hash, 4), at(hash, 5), at(hash, 6), at(hash, 7)]
  for (let index = 0; index < 64; index++) {
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(round, index) + at(words, index)) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  const mixed = [a, b, c, d, e, f, g, h]
  for (let index = 0; index < 8; index++) hash[index] = at(hash, index) + (mixed[index] ?? 0)
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0
}

/** Lone surrogates become U+FFFD, as TextEncoder has it. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  for (let index = 0; index < text.length; index++) {
    let point = text.codePointAt(index) ?? 0
    if (point > 0xffff) index++
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) bytes[length++] = point
    else if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6)
      bytes[length++] = 0x80 | (point & 63)
    } else if (point < 0x10000) {
      bytes[length++] = 0xe0 | (point >> 12)
      bytes[length++] = 0x80 | ((point >> 6) & 63)
      bytes[length++] = 0x80 | (point & 63)
    } else {
      bytes[length++] = 0xf0 | (point >> 18)
      bytes[length++] = 0x80 | ((point >> 12) & 63)
      bytes[length++] = 0x80 | ((point >> 6) & 63)
      bytes[length++] = 0x80 | (point & 63)
    }
  }
  return bytes.subarray(0, length)
}
