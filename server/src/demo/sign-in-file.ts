import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoSignIn {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly role: string
}

/** Where the demo's passwords lie for their owner, 0600. */
export function signInFile(dataFolder: string): string {
  return join(dataFolder, 'demo-sign-in.txt')
}

export function writeSignIns(dataFolder: string, people: readonly Omit<DemoSignIn, 'name'>[]): void {
  const lines = people.map(({ role, email, password }) => `${role}\t${email}\t${password}\n`)
  writeFileSync(signInFile(dataFolder), lines.join(''), { mode: 0o600 })
}

/** The demo's admin as written down at its first start; null when there is no such line. */
export function knownAdmin(dataFolder: string): { readonly email: string; readonly password: string } | null {
  return readSignIns(dataFolder).find(({ role }) => role === 'admin') ?? null
}

/** The demo is gone: only the line of whoever stays is still true. Without one the file goes. */
export function keepSignIn(dataFolder: string, email: string | null): void {
  if (!existsSync(signInFile(dataFolder))) return
  const left = readSignIns(dataFolder).filter((person) => person.email === email)
  if (left.length === 0) rmSync(signInFile(dataFolder))
  else writeSignIns(dataFolder, left)
}

function readSignIns(dataFolder: string): readonly Omit<DemoSignIn, 'name'>[] {
  const file = signInFile(dataFolder)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [role, email, password] = line.split('\t')
      return role === undefined || email === undefined || password === undefined ? [] : [{ role, email, password }]
    })
}
