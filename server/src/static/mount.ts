import serveFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cookieName, readCookie } from '../auth/cookie.ts'
import type { Door } from '../door.ts'
import { sendProblem } from '../http/answer-errors.ts'
import { refuse } from '../http/errors/refusal.ts'
import { pageHeaders } from '../http/security-headers.ts'
import { firstAnswers } from './first-answers.ts'
import { editorPages, withAnswers } from './page-files.ts'

/** Paths of machines: an unknown one is a 404, never the editor's page. */
const machinePaths = /^\/(api|ai|health|schemas|metrics|mcp|problems|openapi\.json|assets)(\/|$)/

/**
 * The built editor: files under /assets carry their hash in the name and may be kept for a year, the page itself is asked for anew
 * each time. Any other address is a screen of the editor and gets the page.
 */
export async function mountEditor(app: FastifyInstance, door: Door): Promise<void> {
  const { editor } = door
  if (editor === null) {
    mountNotice(app)
    return
  }
  const pages = editorPages(editor)
  await app.register(serveFiles, {
    root: editor,
    serve: false,
    // The editor's build leaves `.br` and `.gz` beside each file (editor/tools/compressed.ts).
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'deny',
    index: false,
  })
  const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
    const { url, headers } = request
    const path = url.split('?', 1)[0] ?? '/'
    // Whoever is not signed in goes to the door, and needs nothing of what is behind it.
    const isKnown = [true, false].some((secure) => readCookie(headers.cookie, cookieName(secure)) !== undefined)
    const page = isKnown ? pages.withFiles(path, headers['accept-language']) : null
    const answers = page === null ? null : await firstAnswers(app, door, request, path)
    reply.headers({ ...pageHeaders, 'cache-control': answers === null ? 'no-cache' : 'no-store' }).type('text/html; charset=utf-8')
    return reply.send(page === null || answers === null ? (page ?? pages.plain) : withAnswers(page, answers))
  }
  app.get('/', (request, reply) => sendPage(request, reply))
  app.get('/*', (request, reply) => {
    const path = decodedPath(request.url)
    if (path !== null && isFile(path)) return reply.headers({ ...pageHeaders, 'cache-control': keepFor(path) }).sendFile(path)
    if (path === null || machinePaths.test(`/${path}`)) {
      return sendProblem(
        request,
        reply,
        refuse('SLU_ROUTE_UNKNOWN', { values: { method: request.method, path: (path ?? '').slice(0, 200) } }),
      )
    }
    return sendPage(request, reply)
  })
}

/** A name with a hash never means another file. */
function keepFor(path: string): string {
  return path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

/** Built files lie under /assets or at the top; a dot further down belongs to an id. */
function isFile(path: string): boolean {
  return /^(assets\/[^/]+|[^/]+)\.[a-z0-9]{1,11}$/i.test(path) && !path.includes('..') && !path.includes('\0')
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/').slice(1)
  } catch {
    return null
  }
}

/** The server is useful without its editor; people who open it in a browser are told how to get it. */
function mountNotice(app: FastifyInstance): void {
  const text =
    'Sluice is running. The editor is not built: run `npm start`, or `npx vite build` in editor/.\nSluice 正在运行。编辑器尚未构建：请运行 `npm start`,或在 editor/ 中运行 `npx vite build`。\n'
  app.get('/', (_request, reply) => reply.headers(pageHeaders).type('text/plain; charset=utf-8').send(text))
}
