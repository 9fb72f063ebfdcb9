import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

const faces = /\/editor\/src\/(canvas|run|screens\/canvas|inspect)\//
const mark = '?drawing'

/**
 * The icons of step types belong to the drawing. Shared with whatever else shows one of them they would be sixty files of their own,
 * half as large again as together; so the drawing has its copies.
 */
export function drawingIcons(): Plugin {
  return {
    name: 'drawing-icons',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      const isOwn = importer !== undefined && ((faces.test(importer) && source === 'lucide-react') || importer.endsWith(mark))
      if (!isOwn || !/^lucide-react$|^\.\/icons\//.test(source)) return null
      const found = await this.resolve(source, importer.replace(mark, ''), { skipSelf: true })
      return found === null ? null : { id: found.id + mark, moduleSideEffects: false }
    },
    load: {
      filter: { id: /\?drawing$/ },
      handler: async (id) => ({ code: await readFile(id.slice(0, -mark.length), 'utf8'), map: null, moduleSideEffects: false }),
    },
  }
}
