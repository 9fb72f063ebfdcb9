import { compileMessage } from '@lingui/message-utils/compileMessage'
import { type Plugin, transformWithOxc } from 'vite'
import { plainPlurals } from './plain-plurals.ts'

const catalogue = /\/locales\/(?:en|zh-CN)\/([\w-]+)\.ts$/

/** Turns each catalogue into compiled messages, so that the parser of ICU stays out of the browser and nothing is parsed at the start. */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: catalogue },
      async handler(code, id) {
        // A file is called as its export, in the spelling of files.
        const area = catalogue.exec(id)?.[1]?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
        // Files that put catalogues together have nothing to compile.
        const putsTogether = /^import (?!type)/m.test(code)
        // Texts among them would reach the browser as they are written: with a warning in the console, and with `{name}` left standing.
        if (putsTogether && /^\s+'[\w.-]+':/m.test(code))
          throw new Error(`${id} puts catalogues together: its own texts need a file of their own`)
        if (area === undefined || putsTogether) return null
        const { code: plain } = await transformWithOxc(code, id)
        const module: { readonly [name: string]: Readonly<Record<string, string>> } = await import(
          `data:text/javascript;base64,${Buffer.from(plain).toString('base64')}`
        )
        const texts = module[area]
        if (texts === undefined) throw new Error(`${id} must export ${area}`)
        const messages = Object.entries(texts).map(([key, text]) => [key, plainPlurals(compileMessage(text))])
        return { code: `export const ${area} = ${JSON.stringify(Object.fromEntries(messages))}`, map: null }
      },
    },
  }
}
