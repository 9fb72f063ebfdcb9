/** Which addresses a flow may reach. Only ordinary public ones: everything reserved is refused, in every way of writing it. */
import { BlockList, isIP } from 'node:net'

/** IANA special-purpose registry, IPv4: private, loopback, link-local, shared, documentation, benchmarks, multicast, reserved. */
const reservedV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** IPv6: only global unicast (2000::/3) is reachable, and of that not what is reserved or carries an IPv4 address inside. */
const reservedV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const

/** Where clouds hand out credentials. Reachable for no one, not even when an operator names a private host. */
const metadataAddresses = ['169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '192.0.0.192'] as const

const reserved = new BlockList()
for (const [net, bits] of reservedV4) reserved.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of reservedV6) reserved.addSubnet(net, bits, 'ipv6')
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
const metadata = new BlockList()
for (const address of metadataAddresses) metadata.addAddress(address, 'ipv4')
metadata.addAddress('fd00:ec2::254', 'ipv6')
metadata.addAddress('fd20:ce::254', 'ipv6')

export type AddressKind = 'public' | 'private' | 'forbidden'

/** `forbidden`: metadata services, and what is no address at all. */
export function kindOfAddress(text: string): AddressKind {
  const address = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(address)
  if (family === 0) return 'forbidden'
  if (family === 4) return kindOfV4(address)
  const inner = embeddedV4(address)
  if (inner !== null) return kindOfV4(inner) === 'forbidden' ? 'forbidden' : 'private'
  if (metadata.check(address, 'ipv6')) return 'forbidden'
  return globalUnicast.check(address, 'ipv6') && !reserved.check(address, 'ipv6') ? 'public' : 'private'
}

function kindOfV4(address: string): AddressKind {
  if (metadata.check(address, 'ipv4')) return 'forbidden'
  return reserved.check(address, 'ipv4') ? 'private' : 'public'
}

/**
 * The IPv4 address inside an IPv6 one: mapped (::ffff:0:0/96), compatible (::/96), translated (64:ff9b::/96), 6to4 (2002::/16).
 * Such forms are never public: an ordinary host has an ordinary address.
 */
function embeddedV4(address: string): string | null {
  const groups = expand(address)
  if (groups === null) return null
  const [first = 0, second = 0, third = 0] = groups
  if (first === 0x2002) return dotted(second, third)
  const high = groups.slice(0, 6)
  const mapped = high.slice(0, 5).every((group) => group === 0) && (high[5] === 0xffff || high[5] === 0)
  const translated = first === 0x64 && second === 0xff9b
  return mapped || translated ? dotted(groups[6] ?? 0, groups[7] ?? 0) : null
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** Eight numbers; the URL parser writes an address one way, so it does the reading of odd forms. */
function expand(address: string): number[] | null {
  let host: string
  try {
    host = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  } catch {
    return null
  }
  const [left = '', right] = host.split('::')
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const zeros = right === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16))
}
