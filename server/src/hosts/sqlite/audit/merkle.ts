/** Merkle tree hash of RFC 6962 §2.1: one root stands for the whole log, and a short path proves that an entry is in it. */
import { createHash } from 'node:crypto'

const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

function leafHash(leaf: string): Buffer {
  return createHash('sha256').update(leafPrefix).update(leaf).digest()
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest()
}

/**
 * Root of a growing list of leaves in memory of its depth: keeps one full subtree per set bit of the size, as the RFC's
 * "largest power of two smaller than n" split implies.
 */
export class MerkleRoot {
  private readonly peaks: Buffer[] = []
  private count = 0

  get size(): number {
    return this.count
  }

  add(leaf: string): void {
    let hash = leafHash(leaf)
    for (let bits = this.count; bits % 2 === 1; bits = (bits - 1) / 2) {
      const left = this.peaks.pop()
      if (left !== undefined) hash = nodeHash(left, hash)
    }
    this.peaks.push(hash)
    this.count += 1
  }

  /** SHA-256 of nothing for the empty tree. */
  root(): Buffer {
    const last = this.peaks[this.peaks.length - 1]
    if (last === undefined) return createHash('sha256').digest()
    let hash = last
    for (let position = this.peaks.length - 2; position >= 0; position -= 1) {
      const left = this.peaks[position]
      if (left !== undefined) hash = nodeHash(left, hash)
    }
    return hash
  }
}

/** @example `merkleRoot(['{"seq":1}', '{"seq":2}']).toString('hex')` */
export function merkleRoot(leaves: Iterable<string>): Buffer {
  const tree = new MerkleRoot()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/** Audit path of RFC 6962 §2.1.1 for the leaf at `position`, nearest sibling first. */
export function inclusionProof(leaves: readonly string[], position: number): readonly Buffer[] {
  if (leaves.length <= 1) return []
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return position < split
    ? [...inclusionProof(left, position), merkleRoot(right)]
    : [...inclusionProof(right, position - split), merkleRoot(left)]
}

/** Checks an audit path without the log: what a customer's own verifier does. */
export function verifyInclusion(leaf: string, position: number, size: number, proof: readonly Buffer[], root: Buffer): boolean {
  let hash = leafHash(leaf)
  let node = position
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.equals(root)
}
