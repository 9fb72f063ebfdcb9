import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoData } from './demo-data.ts'
import { endServer, freePort, type Locale, startServer } from './server-process.ts'
import { serverLocale } from './words/language.ts'

/** Where this run keeps the demos it copies (no SLUICE_ name: the product refuses those it does not know); without, each product loads its own. */
const demos = process.env.TEST_DEMOS ?? null

/** Who may sign in to the demo, by the part of the address before the @. */
export interface Account {
  readonly email: string
  readonly password: string
}

export interface Product {
  readonly url: string
  account(name: string): Account
  /** Stops it and starts it again on the same data and port; `meanwhile` happens in between. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  /** Stops it as an operator would, and forgets its data. */
  stop(): Promise<void>
}

/** The real product on a free port and a data folder of its own: a demo workspace just loaded, or nothing. */
export async function startProduct(locale: Locale = serverLocale, hasDemo = true): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'sluice-e2e-'))
  if (hasDemo && demos !== null) cpSync(await demoData(demos, locale), data, { recursive: true })
  const port = await freePort()
  const start = () => startServer({ data, port, locale, hasDemo })
  let server = await start()
  const accounts = () =>
    readFileSync(join(data, 'demo-sign-in.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
  return {
    url: `http://127.0.0.1:${port}`,
    account(name) {
      const [, email, password] = accounts().find(([, address]) => address?.startsWith(`${name}@`)) ?? []
      if (email === undefined || password === undefined) throw new Error(`The demo has no account ${name}`)
      return { email, password }
    },
    async restart(meanwhile = async () => {}) {
      await endServer(server)
      try {
        await meanwhile()
      } finally {
        server = await start()
      }
    },
    async stop() {
      await endServer(server)
      rmSync(data, { recursive: true, force: true })
    },
  }
}
