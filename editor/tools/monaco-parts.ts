import type { Plugin } from 'vite'

/**
 * Parts of Monaco that its entry brings along though no expression ever uses them, and what others take from them. An editor of
 * one text compares nothing, has no palette of commands, no drawing on the GPU, no colours, hints or pasting as something else.
 * A seventh of what is fetched and read before the first letter shows.
 */
const unused: Readonly<Record<string, readonly string[]>> = {
  'browser/widget/diffEditor/diffEditorWidget': ['DiffEditorWidget', 'toLineChanges'],
  'browser/widget/multiDiffEditor/multiDiffEditorWidget': ['MultiDiffEditorWidget'],
  'standalone/browser/quickInput/standaloneQuickInputService': ['StandaloneQuickInputService'],
  'browser/viewParts/viewLinesGpu/viewLinesGpu': ['ViewLinesGpu'],
  'browser/gpu/viewGpuContext': ['ViewGpuContext'],
  'contrib/inlayHints/browser/inlayHintsHover': ['InlayHintsHover'],
  'contrib/colorPicker/browser/hoverColorPicker/hoverColorPickerParticipant': ['ColorHover', 'HoverColorPickerParticipant'],
  'contrib/dropOrPasteInto/browser/copyPasteController': ['CopyPasteController'],
  'common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend': ['TreeSitterSyntaxTokenBackend'],
  'common/diff/linesDiffComputers': ['linesDiffComputers'],
}
const part = /\/monaco-editor\/esm\/vs\/editor\/(.+)\.js$/

/** Leaves them out. What is asked of them all the same is an empty class: nothing is, and the tests of the editor would say. */
export function monacoParts(): Plugin {
  const met = new Set<string>()
  return {
    name: 'monaco-parts',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: part },
      handler(id) {
        const name = part.exec(id)?.[1] ?? ''
        const exported = unused[name]
        if (exported === undefined) return null
        met.add(name)
        return { code: exported.map((each) => `export class ${each} { static get() {} }`).join('\n'), map: null }
      },
    },
    buildEnd() {
      // A new release may have moved one: then it is back in the bundle unseen.
      const gone = Object.keys(unused).filter((name) => !met.has(name))
      if (met.size > 0 && gone.length > 0) this.error(`Monaco has these parts elsewhere now: ${gone.join(', ')}`)
    },
  }
}
