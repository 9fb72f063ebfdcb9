import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { sha256Hex } from './sha256.ts'

test('our SHA-256 agrees with the one of Node, whatever the length and the script', () => {
  for (const text of ['', 'abc', '授权撤回 🚗', '\ud800', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '密'.repeat(1_000)])
    expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
})

test('canonical JSON does not depend on the order in which members were set', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}')
})
