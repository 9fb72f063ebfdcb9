import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cookieName, readCookie } from '../auth/cookie.ts'
import { sessionLimits } from '../commands/sessions.ts'
import type { Door } from '../door.ts'
import { languageOf } from '../http/language.ts'
import { positionHeader } from '../stream/mount.ts'

/** A larger flow is asked for beside the scripts: in the page it would hold them up. */
const answerCharsMax = 200_000
/** Taken off the age at which a session gets a new cookie, which only an answer to the browser itself may bring. */
const rotateEarlierMs = 60_000

/**
 * What the page of an address asks first, asked here for whoever is signed in and written into the page: a browser on a slow line would
 * wait for one answer after the other behind thirty files. The questions take the way of every request, with the same permissions;
 * what is refused is left out, and the page asks it itself. Null: nothing to write.
 */
export async function firstAnswers(app: FastifyInstance, door: Door, request: FastifyRequest, path: string): Promise<string | null> {
  const cookie = readCookie(request.headers.cookie, cookieName(request.protocol === 'https'))
  const identity = door.identifier.identify(undefined, cookie)
  if (cookie === undefined || identity === null || identity.session === null) return null
  if (door.now() - identity.session.rotatedAt > sessionLimits.rotateAfterMs - rotateEarlierMs) return null
  const language = languageOf(request.headers['accept-language'])
  const headers = {
    accept: 'application/json',
    'accept-language': language,
    cookie: `${cookieName(false)}=${cookie}`,
    host: request.headers.host ?? '',
  }
  const answers = await Promise.all(
    questionsOf(path).map(async (url) => {
      const { statusCode, body, headers: told } = await app.inject({ method: 'GET', url, headers, remoteAddress: request.ip })
      return statusCode === 200 && body.length <= answerCharsMax
        ? [{ url, etag: told.etag ?? null, position: told[positionHeader] ?? null, body }]
        : []
    }),
  )
  // Nothing in it may end the element it is written into.
  return JSON.stringify({ language, answers: answers.flat() }).replaceAll('<', '\\u003c')
}

/** The same that `editor/src/app/early.ts` asks. */
function questionsOf(path: string): readonly string[] {
  const flow = /^\/flows\/([\w.-]+)$/.exec(path)?.[1]
  const questions = ['setup', 'session', ...(flow === undefined ? [] : [`flows/${flow}`, `flows/${flow}/status`])]
  return questions.map((question) => `/api/v1/${question}`)
}
