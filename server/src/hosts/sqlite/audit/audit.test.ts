import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditGenesis, canonicalText, chainHash } from './chain.ts'
import { inclusionProof, merkleRoot, verifyInclusion } from './merkle.ts'

/** Vector 51 of the consent specification. */
const entries = [
  { actor: 'cust:c-1001', at: '2026-03-02T02:00:00.000Z', kind: 'consent.granted', ref: 'cr-1', seq: 1 },
  { actor: 'cust:c-1001', at: '2026-03-02T03:00:00.000Z', kind: 'consent.revoked', ref: 'cr-1', seq: 2 },
  { actor: 'sys:sluice', at: '2026-03-02T03:00:01.200Z', kind: 'crm.fields_frozen', ref: 'rv-1', seq: 3 },
]

test('the chain gives the hashes of the published vector', () => {
  let previous: Buffer = auditGenesis
  const hashes = entries.map((entry) => {
    previous = chainHash(previous, entry)
    return previous.toString('hex')
  })
  expect(hashes).toEqual([
    'a442fa278c68f33ffc9252586ff1aec9f6182fd8805fe76c7a6c7d9928a67cac',
    '4ed9e7e728c392f63d8bd38ff344da3b5c2fb560d1daaa3adda4acd0e095a3fa',
    '91d61d1d30ee15f68f6f07be2b89acae541bfe68a8fe62ffd2ef47bf9ff712fe',
  ])
})

test('the Merkle root of the three is the published one', () => {
  const root = merkleRoot(entries.map((entry) => canonicalText(entry)))
  expect(root.toString('hex')).toBe('3f934ce330626ea4cc5486c8a3652bb7f2c8ad807cbed784c183321061a91b52')
})

test('every leaf of a tree of any size is proven, and no other leaf with the same proof', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, pick) => {
      const leaves = Array.from({ length: size }, (_, position) => `leaf ${position}`)
      const position = pick % size
      const proof = inclusionProof(leaves, position)
      const root = merkleRoot(leaves)
      expect(verifyInclusion(`leaf ${position}`, position, size, proof, root)).toBe(true)
      expect(verifyInclusion('another', position, size, proof, root)).toBe(false)
    }),
  )
})
