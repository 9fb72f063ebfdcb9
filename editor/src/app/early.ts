/**
 * What every visit asks first, asked while the scripts of the page are still on their way: who is here, and the flow that the address
 * names. `api/request.ts` takes these answers for its own first questions. A script of its own that imports nothing, so it runs first.
 */
export interface Early {
  /** Some answers are worded; in another language they are asked anew. */
  readonly language: string
  /** By address; null: it would have been refused, so it was not asked. */
  readonly answers: Map<string, Promise<Response | null>>
}

const language = chosen() ?? (/^zh/i.test(navigator.languages.find((each) => /^(zh|en)\b/i.test(each)) ?? '') ? 'zh-CN' : 'en')
const flow = /^\/flows\/([\w.-]+)$/.exec(location.pathname)?.[1]
const early: Early = { language, answers: new Map() }
Object.assign(globalThis, { sluiceEarly: early })
// What nobody wanted by then is no longer fresh enough to be worked on.
const answerAgeMsMax = 10_000
setTimeout(() => early.answers.clear(), answerAgeMsMax)
touch()
frame()
if (!/^\/(sign-in|setup)\b/.test(location.pathname)) void begin()

/** What a browser keeps for a page it opens with the first look at it, and the page waits: here there is nothing else to do yet. */
function touch(): void {
  try {
    void sessionStorage.length
  } catch {
    // Kept from pages, as some people wish; whoever needs it says so.
  }
}

/** As in `i18n/language.ts`, which comes later. */
function chosen(): string | null {
  const chosenOne = stored('language')
  return chosenOne === 'zh-CN' ? chosenOne : chosenOne === null ? null : 'en'
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`sluice.${name}`)
  } catch {
    return null
  }
}

/** What stands until the first drawing has the colours and the width that this person chose (`ui/first-frame.css`). */
function frame(): void {
  const { dataset } = document.documentElement
  const theme = stored('theme')
  if (theme === 'light' || theme === 'dark') dataset.theme = theme
  if (stored('rail') === 'narrow' || flow !== undefined || innerWidth < 900) dataset.rail = 'narrow'
}

/** Each question waits for the answer that says it will not be refused: browsers write every refusal into their console. */
async function begin(): Promise<void> {
  if (document.querySelector('meta[name="sluice-answers"]') !== null) await takeWritten()
  const door = ask('setup', Promise.resolve(true))
  const session = ask(
    'session',
    bodyOf(door).then((body) => body?.signedIn === true),
  )
  if (flow === undefined) return
  const may = bodyOf(session).then((body) => body?.user?.permissions?.includes('flows.read') === true)
  ask(`flows/${flow}`, may)
  ask(`flows/${flow}/status`, may)
}

interface Written {
  readonly language: string
  readonly answers: readonly {
    readonly url: string
    readonly etag: string | null
    readonly position: string | null
    readonly body: string
  }[]
}

/** The server wrote what it was going to be asked into the page, below everything else. In another language it is asked anew. */
async function takeWritten(): Promise<void> {
  while (document.readyState === 'loading') await new Promise((done) => document.addEventListener('readystatechange', done, { once: true }))
  const text = document.getElementById('first-answers')?.textContent ?? ''
  if (text === '') return
  const written = JSON.parse(text) as Written
  if (written.language !== language) return
  // The service worker keeps what passes through it, for the time without a network.
  const isKept = navigator.serviceWorker?.controller != null
  for (const { url, etag, position, body } of written.answers) {
    if (isKept && /\/(setup|session)$/.test(url)) continue
    const headers = {
      'content-type': 'application/json',
      ...(etag !== null && { etag }),
      ...(position !== null && { 'sluice-position': position }),
    }
    early.answers.set(url, Promise.resolve(new Response(body, { headers })))
  }
}

function ask(what: string, may: Promise<boolean>): Promise<Response | null> {
  const path = `/api/v1/${what}`
  const written = early.answers.get(path)
  if (written !== undefined) return written
  const headers = { accept: 'application/json', 'accept-language': language }
  const answer = may.then((yes) => (yes ? fetch(path, { headers, credentials: 'same-origin' }) : null))
  // Whoever takes it hears of a failure; nobody else has to.
  answer.catch(() => undefined)
  early.answers.set(path, answer)
  return answer
}

interface Body {
  readonly signedIn?: boolean
  readonly user?: { readonly permissions?: readonly string[] }
}

function bodyOf(answer: Promise<Response | null>): Promise<Body | null> {
  return answer.then(
    (response) => (response?.ok === true ? (response.clone().json() as Promise<Body>) : null),
    () => null,
  )
}
