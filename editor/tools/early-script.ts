import type { Plugin } from 'vite'

const source = '/src/app/early.ts'

/** Builds `early.ts` apart and puts it first into the page, where it runs as soon as it is there. */
export function earlyScript(): Plugin {
  return {
    name: 'early-script',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, name: 'early' })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find((each) => each.type === 'chunk' && each.facadeModuleId?.endsWith(source) === true)
        if (chunk?.type !== 'chunk' || chunk.imports.length > 0) throw new Error('the early script was not built, or does not stand alone')
        return html.replace('<script', () => `<script type="module" async src="/${chunk.fileName}"></script>\n    <script`)
      },
    },
  }
}
