/** What the large editor knows of texts, read before what draws them (`large-editor.ts`). */
import 'monaco-editor/editor/common/model/textModel.js'
