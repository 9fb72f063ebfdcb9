import type { Plugin, Rolldown } from 'vite'
import { hashOf } from '../src/doc/hash.ts'

type Bundle = Rolldown.OutputBundle
type Chunk = Rolldown.OutputChunk

/** Screens that work without a network, what stands on each of them, and the words they need. */
const offlineModules =
  /\/editor\/src\/(screens\/tasks\/|app\/locales\/|app\/notices\/|app\/offline\/|ui\/schema-form\/|ui\/ComboBox|ui\/NumberField|ui\/OpenMenu|app\/shell\/MorePlaces)/

/** Builds `sw.js` beside the page and tells it which files are the app's shell: the page's own and those of the task inbox. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '/src/app/offline/service-worker.ts', fileName: 'sw.js' })
    },
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
      const files = shellOf(bundle)
      // A short name that changes with the files; they carry their own hashes, so this need not be a strong one.
      const build = hashOf(files.join('\n'))
      const { code } = worker
      worker.code = code.replaceAll('__SHELL__', JSON.stringify(files)).replaceAll('__BUILD__', JSON.stringify(build))
      if (worker.code === code || worker.imports.length > 0) throw new Error('the service worker stands alone and knows its files')
    },
  }
}

function shellOf(bundle: Bundle): readonly string[] {
  const files = new Set<string>()
  const take = (chunk: Chunk): void => {
    if (chunk.fileName === 'sw.js' || files.has(`/${chunk.fileName}`)) return
    files.add(`/${chunk.fileName}`)
    for (const style of stylesOf(chunk)) files.add(`/${style}`)
    for (const name of chunk.imports) {
      const next = bundle[name]
      if (next?.type === 'chunk') take(next)
    }
  }
  for (const item of Object.values(bundle)) {
    if (item.type !== 'chunk') continue
    // A chunk whose modules all moved into shared ones is still fetched by its name.
    const ids = [...Object.keys(item.modules), ...(item.facadeModuleId === null ? [] : [item.facadeModuleId])]
    if (item.isEntry || ids.some((id) => offlineModules.test(id))) take(item)
  }
  for (const name of Object.keys(bundle)) if (name.startsWith('assets/') && /mark.*\.svg$/.test(name)) files.add(`/${name}`)
  return [...files].sort()
}

function stylesOf(chunk: Chunk): readonly string[] {
  const { viteMetadata } = chunk as Chunk & { readonly viteMetadata?: { readonly importedCss?: ReadonlySet<string> } }
  return [...(viteMetadata?.importedCss ?? [])]
}
