import type { Plugin } from 'vite'

/**
 * Parts of Monaco that its entries bring along though no expression ever uses them, and what others take from them. An editor of
 * one text compares nothing, has no palette of commands, no menus, no drawing on the GPU, no map of itself, no search, no
 * definitions to go to, no colours, hints or pasting as something else. A third of what is fetched and read before the first letter shows.
 */
const unused: Readonly<Record<string, readonly string[]>> = {
  'base/browser/ui/selectBox/selectBox': ['SelectBox', 'SeparatorSelectOption'],
  'base/common/observableInternal/logging/debugger/devToolsLogger': ['DevToolsLogger'],
  'editor/browser/widget/diffEditor/diffEditorWidget': ['DiffEditorWidget', 'toLineChanges'],
  'editor/browser/widget/multiDiffEditor/multiDiffEditorWidget': ['MultiDiffEditorWidget'],
  'editor/standalone/browser/quickInput/standaloneQuickInputService': ['StandaloneQuickInputService'],
  'editor/browser/viewParts/viewLinesGpu/viewLinesGpu': ['ViewLinesGpu'],
  'editor/browser/gpu/viewGpuContext': ['ViewGpuContext'],
  'editor/contrib/inlayHints/browser/inlayHintsHover': ['InlayHintsHover'],
  'editor/contrib/inlineCompletions/browser/hintsWidget/inlineCompletionsHintsWidget': ['InlineSuggestionHintsContentWidget'],
  'editor/contrib/gotoSymbol/browser/link/goToDefinitionAtPosition': ['GotoDefinitionAtPositionEditorContribution'],
  'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPickerParticipant': ['ColorHover', 'HoverColorPickerParticipant'],
  'editor/contrib/colorPicker/browser/colorDetector': ['ColorDecorationInjectedTextMarker'],
  'editor/contrib/dropOrPasteInto/browser/copyPasteController': ['CopyPasteController'],
  'editor/common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend': ['TreeSitterSyntaxTokenBackend'],
  'editor/common/services/semanticTokensStylingService': ['SemanticTokensStylingService'],
  'editor/common/services/editorWebWorker': ['EditorWorker'],
  'platform/list/browser/listService': ['ListService', 'IListService'],
}

/** Parts that are made all the same, as what stands there instead. */
const instead: Readonly<Record<string, string>> = {
  'editor/browser/viewParts/minimap/minimap': `
    import { createFastDomNode } from 'monaco-editor/base/browser/fastDomNode.js'
    import { ViewPart } from 'monaco-editor/editor/browser/view/viewPart.js'
    export class Minimap extends ViewPart {
      getDomNode() { return createFastDomNode(document.createElement('div')) }
      prepareRender() {}
      render() {}
    }`,
  'platform/history/browser/contextScopedHistoryWidget': `
    import { RawContextKey } from 'monaco-editor/platform/contextkey/common/contextkey.js'
    export const historyNavigationVisible = new RawContextKey('suggestWidgetVisible', false)`,
  'platform/contextview/browser/contextMenuHandler': 'export class ContextMenuHandler { configure() {} showContextMenu() {} }',
  'editor/contrib/hover/browser/hoverCopyButton': 'export class HoverCopyButton { dispose() {} }',
}

/** Icons that the offers, the signature and the card draw; Monaco writes a rule for each of the nine hundred it knows, twice. */
const drawnIcons = /^(symbol-|chevron-|suggest-|parameter-hints-|close|loading)/

/**
 * Words that stand otherwise. What is said of `:root` is inherited by everything: the whole page would be styled anew, three times, for
 * what only the editor uses.
 */
const words: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  'base/browser/ui/sash/sash.css': [[':root {', '.monaco-editor {']],
  'editor/browser/widget/codeEditor/codeEditorWidget.js': [['`:root {', '`.monaco-editor {']],
  'platform/theme/browser/iconsStyleSheet.js': [
    ['rules.push(inline `:root {', 'void (inline `:root {'],
    ['iconRegistry.getIcons()', `iconRegistry.getIcons().filter(({ id }) => ${drawnIcons}.test(id))`],
  ],
}
const part = /\/monaco-editor\/esm\/vs\/(.+)\.js$/
const file = /\/monaco-editor\/esm\/vs\/(.+\.(?:js|css))$/

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
        const code = instead[name] ?? unused[name]?.map((each) => `export class ${each} { static get() {} }`).join('\n')
        if (code === undefined) return null
        met.add(name)
        return { code, map: null }
      },
    },
    transform: {
      filter: { id: file },
      handler(code, id) {
        const name = file.exec(id)?.[1] ?? ''
        const wanted = words[name]
        if (wanted === undefined) return null
        for (const [from] of wanted) if (!code.includes(from)) this.error(`Monaco says something else in ${name} now: ${from}`)
        met.add(name)
        return { code: wanted.reduce((text, [from, to]) => text.replaceAll(from, to), code), map: null }
      },
    },
    buildEnd() {
      // A new release may have moved one: then it is back in the bundle unseen.
      const gone = [unused, instead, words].flatMap(Object.keys).filter((name) => !met.has(name))
      if (met.size > 0 && gone.length > 0) this.error(`Monaco has these parts elsewhere now: ${gone.join(', ')}`)
    },
  }
}
