import { createDecipheriv, createECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Arrived {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A browser that was handed an address: it alone can read what is sent there. */
export interface FakeBrowser {
  readonly subscription: { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } }
  /** What arrived for it, read as RFC 8291 says. */
  read(): readonly string[]
}

export interface PushService {
  readonly host: string
  readonly arrived: Arrived[]
  /** What the next and all later pushes are answered with. */
  answers: number
  newBrowser(): FakeBrowser
}

/** A push service on this machine, as far as a sender sees one. */
export async function startPushService(): Promise<PushService> {
  const arrived: Arrived[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      arrived.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(service.answers)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const service: PushService = {
    host,
    arrived,
    answers: 201,
    newBrowser() {
      const curve = createECDH('prime256v1')
      const point = curve.generateKeys()
      const auth = randomBytes(16)
      const path = `/send/${randomBytes(12).toString('hex')}`
      return {
        subscription: {
          endpoint: `http://${host}${path}`,
          keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
        },
        read: () =>
          arrived
            .filter((each) => each.path === path)
            .map(({ body }) =>
              decrypt(body, auth, point, (theirs) => {
                const secret = curve.computeSecret(theirs)
                return secret
              }),
            ),
      }
    },
  }
  return service
}

/** RFC 8188 with the keys of RFC 8291, one record: written after the standard, not with the library that sends. */
function decrypt(body: Buffer, auth: Buffer, ours: Buffer, agree: (theirs: Buffer) => Buffer): string {
  const salt = body.subarray(0, 16)
  const keyLength = body.readUInt8(20)
  const theirs = body.subarray(21, 21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ours, theirs])
  const material = Buffer.from(hkdfSync('sha256', agree(theirs), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: nonce\0', 12))
  const sealed = body.subarray(21 + keyLength)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0) throw new Error('The record has no end')
  return padded.subarray(0, end).toString('utf8')
}

/** What a signature of RFC 8292 claims, when it is true. */
export function claimsOf({ headers }: Arrived): { readonly aud: string; readonly sub: string; readonly exp: number; readonly key: string } {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  const isTrue = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: { ...jwk, kty: 'EC' }, format: 'jwk', dsaEncoding: 'ieee-p1363' } as never,
    Buffer.from(signature, 'base64url'),
  )
  if (!isTrue) throw new Error('The signature is not true')
  return { ...JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), key }
}
