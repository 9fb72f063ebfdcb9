import { dataLanguage, say, translate } from '../../app/i18n/index.ts'
import { argumentsOf, callAt, functionAt } from './call-at.ts'
import type { FunctionHelp } from './functions.ts'
import { monaco } from './monaco-setup.ts'

/** What a function does while its arguments are written, and when the pointer rests on its name; in the language of the screen. */
export function registerFunctionHelp(): { dispose(): void } {
  const signatures = monaco.languages.registerSignatureHelpProvider('jsonata', {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')', ' '],
    provideSignatureHelp(model, position) {
      const call = callAt(model.getValue(), model.getOffsetAt(position))
      if (call === null) return null
      const parameters = argumentsOf(call.help).map(({ from, to }) => ({ label: [from, to] as [number, number] }))
      const signature = { label: call.help.signature, documentation: markdown(call.help), parameters }
      // Whatever is beyond the last argument still shows the call.
      const activeParameter = Math.min(call.argument, Math.max(0, parameters.length - 1))
      return { value: { signatures: [signature], activeSignature: 0, activeParameter }, dispose: () => undefined }
    },
  })
  const hovers = monaco.languages.registerHoverProvider('jsonata', {
    provideHover(model, position) {
      const found = functionAt(model.getValue(), model.getOffsetAt(position))
      const mistakes = monaco.editor.getModelMarkers({ resource: model.uri }).filter((each) => isIn(each, position))
      const told = mistakes.map(({ message }) => ({ value: plain(message) }))
      if (found === null) return mistakes[0] === undefined ? null : { range: monaco.Range.lift(mistakes[0]), contents: told }
      const from = model.getPositionAt(found.from)
      const to = model.getPositionAt(found.to)
      const range = new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column)
      return { range, contents: [...told, { value: code(found.help.signature) }, markdown(found.help)] }
    },
  })
  return {
    dispose() {
      signatures.dispose()
      hovers.dispose()
    },
  }
}

function markdown({ says, example }: FunctionHelp): { readonly value: string } {
  return { value: `${say(says, dataLanguage())}\n\n${translate('inspect.expression.example')}\n${code(example)}` }
}

const code = (text: string): string => `\`\`\`jsonata\n${text}\n\`\`\``

const isIn = (range: monaco.IRange, position: monaco.IPosition): boolean => monaco.Range.containsPosition(range, position)

/** What a mistake says is no markup, whatever the names in it hold. */
const plain = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
