import type { Plugin } from 'vite'

const spoken = ['en-US', 'zh-CN']
const lists = /\/(?:react-aria|react-stately|react-aria-components)\/dist\/.*\/intlStrings\.m?js$/
/** An import of one language's texts, or the line that names it in the list. */
const line = /^(?:import .*\/([a-z]{2}-[A-Z]{2})\.m?js["'];?|\s*["']([a-z]{2}-[A-Z]{2})["']: .*)$/

/** The components bring their texts in 34 languages, a third of their weight. Ours are kept, the others left out. */
export function ariaLanguages(): Plugin {
  return {
    name: 'aria-languages',
    enforce: 'pre',
    transform: {
      filter: { id: lists },
      handler(code) {
        const kept = code.split('\n').filter((each) => {
          const found = line.exec(each)
          return found === null || spoken.includes(found[1] ?? found[2] ?? '')
        })
        return { code: kept.join('\n'), map: null }
      },
    },
  }
}
