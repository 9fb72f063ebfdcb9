import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endServer, freePort, type Locale, startServer } from './server-process.ts'

/**
 * The data of a demo workspace as it stands when it has just been loaded, to be copied: loading it costs more than all the rest of a
 * start. Made once for each language by whoever needs it first, in the folder of this run; the others wait as long as their hook may.
 */
export async function demoData(folder: string, locale: Locale): Promise<string> {
  const data = join(folder, locale)
  const made = join(folder, `${locale}-made`)
  while (!existsSync(made)) {
    if (!comesFirst(data)) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    try {
      await endServer(await startServer({ data, port: await freePort(), locale, hasDemo: true }))
      writeFileSync(made, '')
    } catch (error) {
      rmSync(data, { recursive: true, force: true })
      throw error
    }
  }
  return data
}

function comesFirst(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 })
    return true
  } catch {
    return false
  }
}
