/** What the large editor stands on, read before the rest of it (`large-editor.ts`). */
import 'monaco-editor/base/browser/dom.js'
