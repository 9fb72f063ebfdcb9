import type { Caller } from '@sluice/sdk/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cookieName, readCookie } from '../auth/cookie.ts'
import { assertSameSite } from '../auth/cross-site.ts'
import type { Identity } from '../auth/identify.ts'
import type { Door } from '../door.ts'
import { refuse } from './errors/refusal.ts'
import { isWrite } from './route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity | null
    /** Who it is now, for answers that stay open; null once they may not any more. */
    reidentify(): Identity | null
  }
  interface FastifyContextConfig {
    /** Streams are read across sites by scripts, unlike other GETs: they want the same proof as a write. */
    sameSiteOnly?: boolean
    /** Told of a caller without the permission, before that caller is. */
    onDenied?: (request: FastifyRequest, caller: Caller) => Promise<void>
  }
}

/** Who asks, whether their page may ask, and whether they may do this. Decided by the permission table before the body is read. */
export function guardCallers(app: FastifyInstance, door: Door): void {
  app.decorateRequest('identity', null)
  app.decorateRequest('reidentify', function (this: FastifyRequest) {
    try {
      return identityOf(door, this)
    } catch {
      return null
    }
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const { permission, sameSiteOnly, onDenied } = request.routeOptions.config
    // No row: no route. The not-found handler answers.
    if (permission === undefined) return done()
    try {
      const { headers } = request
      const { authorization } = headers
      if (authorization === undefined && (isWrite(request.method) || sameSiteOnly === true)) {
        assertSameSite(headers, door.config.publicUrl)
      }
      request.identity = identityOf(door, request)
      if (permission !== 'public') {
        if (request.identity === null) throw refuse('SLU_SIGN_IN_REQUIRED', { headers: { 'www-authenticate': 'Bearer' } })
        const { caller } = request.identity
        if (!caller.may(permission)) {
          const refusal = refuse('SLU_PERMISSION_DENIED', { values: { permission } })
          if (onDenied === undefined) throw refusal
          // A log that cannot be written opens nothing.
          onDenied(request, caller).then(
            () => done(refusal),
            (error: Error) => done(error),
          )
          return
        }
      }
      done()
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Webhook senders put their own things into Authorization: a public route looks at cookies only. */
function identityOf(door: Door, { headers, protocol, routeOptions }: FastifyRequest): Identity | null {
  const cookie = readCookie(headers.cookie, cookieName(protocol === 'https'))
  return door.identifier.identify(routeOptions.config.permission === 'public' ? undefined : headers.authorization, cookie)
}
