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
const early: Early = { language, answers: new Map() }
Object.assign(globalThis, { sluiceEarly: early })
// What nobody wanted by then is no longer fresh enough to be worked on.
const answerAgeMsMax = 10_000
setTimeout(() => early.answers.clear(), answerAgeMsMax)
touch()
if (!/^\/(sign-in|setup)\b/.test(location.pathname)) begin()

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
  try {
    const stored = localStorage.getItem('sluice.language')
    return stored === 'zh-CN' ? stored : stored === null ? null : 'en'
  } catch {
    return null
  }
}

/** Each question waits for the answer that says it will not be refused: browsers write every refusal into their console. */
function begin(): void {
  const door = ask('setup', Promise.resolve(true))
  const session = ask(
    'session',
    bodyOf(door).then((body) => body?.signedIn === true),
  )
  const flow = /^\/flows\/([\w.-]+)$/.exec(location.pathname)?.[1]
  if (flow === undefined) return
  const may = bodyOf(session).then((body) => body?.user?.permissions?.includes('flows.read') === true)
  ask(`flows/${flow}`, may)
  ask(`flows/${flow}/status`, may)
}

function ask(what: string, may: Promise<boolean>): Promise<Response | null> {
  const path = `/api/v1/${what}`
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
