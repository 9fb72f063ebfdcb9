import { problem, type Route, type RouteHost, type RouteReply, type RouteRequest } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { readWechatEvent } from '../domain/wechat-event.ts'
import { openSafeMode } from './decrypt.ts'
import { readFields } from './message.ts'
import { unseal } from './secrets.ts'
import { isSigned } from './signature.ts'
import { type WechatAppRow, wechatApps } from './tables.ts'

const done: RouteReply = { contentType: 'text/plain; charset=utf-8', body: 'success' }

/** Public by name: each call proves itself by the platform's signature. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/wechat/:appId',
    permission: 'public',
    summary: 'WeChat checks that this address is ours',
    handle: answerEcho,
  },
  {
    method: 'POST',
    path: '/channels/wechat/:appId',
    permission: 'public',
    summary: 'A push of WeChat: XML or JSON, plain or in safe mode; answers `success`',
    bodyBytesMax: 64 * 1024,
    rawContentTypes: ['text/xml', 'application/xml', 'application/json', 'text/plain', 'application/x-www-form-urlencoded'],
    handle: takeMessage,
  },
  {
    method: 'GET',
    path: '/channels/wechat',
    permission: 'settings.read',
    summary: 'Connected WeChat apps; tokens are never shown',
    pagedBy: 'appId',
    handle: listApps,
  },
  {
    method: 'PUT',
    path: '/channels/wechat/:appId',
    permission: 'settings.write',
    summary: 'Connect a WeChat app, or change its token',
    body: Type.Object(
      {
        name: Type.Optional(Type.String({ maxLength: 100 })),
        token: Type.String({ minLength: 3, maxLength: 32 }),
        encodingAesKey: Type.Optional(Type.Union([Type.String({ minLength: 43, maxLength: 43 }), Type.Null()])),
      },
      { additionalProperties: false },
    ),
    handle: async (request, host) => ({
      body: await host.command('channels.wechat-connect', { ...(request.body as object), appId: request.params.appId }, request.caller),
    }),
  },
  {
    method: 'DELETE',
    path: '/channels/wechat/:appId',
    permission: 'settings.write',
    summary: 'Disconnect a WeChat app',
    handle: async (request, host) => {
      await host.command('channels.wechat-disconnect', { appId: request.params.appId }, request.caller)
      return { status: 204 }
    },
  },
]

function answerEcho(request: RouteRequest, host: RouteHost): RouteReply {
  const app = getApp(request, host)
  const { signature, timestamp, nonce, echostr } = request.query
  requireSignature(isSigned(signature, [app.token, timestamp ?? '', nonce ?? '']))
  return { contentType: 'text/plain; charset=utf-8', body: echostr ?? '' }
}

async function takeMessage(request: RouteRequest, host: RouteHost): Promise<RouteReply> {
  const app = getApp(request, host)
  const fields = openMessage(request, app)
  const event = readWechatEvent(fields, app.appId)
  if (event === 'malformed') throw problem('SLU_WECHAT_MESSAGE', 400, 'The push lacks a person, a time, or is for another app')
  if (event !== null) await host.command('channels.wechat-push', { ...event, receivedAt: request.receivedAt }, request.caller)
  return done
}

/** Checks the signature before anything of the body is believed. */
function openMessage(request: RouteRequest, app: WechatAppRow): { readonly [name: string]: string } {
  const { signature, timestamp = '', nonce = '', msg_signature, encrypt_type } = request.query
  const fields = readFields(Buffer.from(request.rawBody ?? new Uint8Array()).toString('utf8'))
  const encrypted = fields.Encrypt
  if (encrypt_type === 'aes' || (encrypted !== undefined && fields.MsgType === undefined)) {
    requireSignature(isSigned(msg_signature, [app.token, timestamp, nonce, encrypted ?? '']))
    if (app.encodingAesKey === null) throw problem('SLU_WECHAT_DECRYPT', 400, 'The app has no EncodingAESKey')
    return readFields(openSafeMode(encrypted ?? '', app.encodingAesKey, app.appId))
  }
  requireSignature(isSigned(signature, [app.token, timestamp, nonce]))
  return fields
}

function requireSignature(ok: boolean): void {
  if (!ok) throw problem('SLU_WECHAT_SIGNATURE', 401, 'The signature does not fit this app')
}

/** With its secrets open. */
function getApp(request: RouteRequest, host: RouteHost): WechatAppRow {
  const appId = request.params.appId ?? ''
  const app = host.records.find(wechatApps, { appId })
  if (app === null) throw problem('SLU_WECHAT_APP_UNKNOWN', 404, 'This WeChat app is not connected')
  const { encodingAesKey } = app
  return { ...app, token: unseal(app.token), encodingAesKey: encodingAesKey === null ? null : unseal(encodingAesKey) }
}

function listApps(_request: RouteRequest, host: RouteHost): RouteReply {
  const items = host.records.list(wechatApps, { orderBy: [['appId', 'asc']] }).map(({ appId, name, encodingAesKey, updatedAt }) => ({
    appId,
    name,
    encrypted: encodingAesKey !== null,
    updatedAt: new Date(updatedAt).toISOString(),
  }))
  return { body: { items } }
}
