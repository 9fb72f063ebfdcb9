import 'monaco-editor/editor/contrib/bracketMatching/browser/bracketMatching.js'
import 'monaco-editor/editor/contrib/clipboard/browser/clipboard.js'
import 'monaco-editor/editor/contrib/cursorUndo/browser/cursorUndo.js'
import 'monaco-editor/editor/contrib/parameterHints/browser/parameterHints.js'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js'
import * as monaco from 'monaco-editor/editor/editor.api.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import { registerHover } from './monaco/hover.ts'

/** Only what an expression needs of Monaco: no menus, no find box, no other languages. */
self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

registerHover()

export const themeName = 'sluice'

monaco.languages.register({ id: 'jsonata' })
monaco.languages.setLanguageConfiguration('jsonata', {
  brackets: [
    ['{', '}'],
    ['[', ']'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"' },
    { open: '`', close: '`' },
  ],
  wordPattern: /[A-Za-z_$\u00c0-\uffff][\w\u00c0-\uffff]*/,
})
monaco.languages.setMonarchTokensProvider('jsonata', {
  tokenizer: {
    root: [
      [/\/\*/, 'comment', '@comment'],
      [/"(?:\\.|[^"\\])*"?/, 'string'],
      [/'(?:\\.|[^'\\])*'?/, 'string'],
      [/`[^`]*`?/, 'identifier'],
      [/\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/, 'number'],
      [/\$[A-Za-z_]*/, 'function'],
      [/\b(?:and|or|in|true|false|null|function)\b/, 'keyword'],
      [/\b(?:event|input|nodes|vars|run|now)\b/, 'scope'],
      [/[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*/, 'identifier'],
      [/[-+*/%&=<>!?:~^|@#,.;()[\]{}]/, 'operator'],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
  },
})

/** Plain colours for the code step: no worker of its own, no checks that its sandbox would not make. */
monaco.languages.register({ id: 'javascript' })
monaco.languages.setLanguageConfiguration('javascript', {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
    ['(', ')'],
  ],
  autoClosingPairs: ['{}', '[]', '()', '""', "''", '``'].map(([open = '', close = '']) => ({ open, close })),
})
monaco.languages.setMonarchTokensProvider('javascript', {
  tokenizer: {
    root: [
      [/\/\*/, 'comment', '@comment'],
      [/\/\/.*$/, 'comment'],
      [/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/, 'string'],
      [/`/, 'string', '@template'],
      [/\d[\w.]*/, 'number'],
      [
        /\b(?:async|await|break|case|catch|const|continue|default|delete|do|else|false|finally|for|function|if|in|instanceof|let|new|null|of|return|switch|this|throw|true|try|typeof|undefined|void|while|yield)\b/,
        'keyword',
      ],
      [/\b(?:input|context)\b/, 'scope'],
      [/[A-Za-z_$][\w$]*(?=\s*\()/, 'function'],
      [/[A-Za-z_$][\w$]*/, 'identifier'],
      [/[-+*/%&=<>!?:~^|,.;()[\]{}]/, 'operator'],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
    template: [
      [/[^`\\]+|\\./, 'string'],
      [/`/, 'string', '@pop'],
    ],
  },
})

/** Monaco in the colours of the page; read afresh each time, so that it follows light and dark. */
export function colours(): monaco.editor.IStandaloneThemeData {
  const style = getComputedStyle(document.documentElement)
  // The build shortens #ffffff to #fff, which Monaco does not read.
  const token = (name: string) =>
    style
      .getPropertyValue(`--${name}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
  const bare = (name: string) => token(name).replace('#', '')
  const isDark = style.colorScheme.includes('dark')
  // The system's own colours have names, which Monaco does not read; it has themes of its own for them.
  if (matchMedia('(forced-colors: active)').matches) return { base: isDark ? 'hc-black' : 'hc-light', inherit: true, rules: [], colors: {} }
  return {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'scope', foreground: bare('accent'), fontStyle: 'bold' },
      { token: 'function', foreground: bare('human') },
      { token: 'keyword', foreground: bare('consent') },
      { token: 'string', foreground: bare('ok') },
      { token: 'number', foreground: bare('wait') },
      { token: 'operator', foreground: bare('muted') },
      { token: 'comment', foreground: bare('muted') },
      { token: 'identifier', foreground: bare('ink') },
    ],
    colors: {
      'editor.background': token('surface'),
      'editor.foreground': token('ink'),
      'editorCursor.foreground': token('ink'),
      'editorSuggestWidget.background': token('raised'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.foreground': token('ink'),
      'editorHoverWidget.highlightForeground': token('accent'),
      'editorHoverWidget.border': token('line'),
      'textCodeBlock.background': token('canvas'),
      'editorSuggestWidget.border': token('line'),
      'editorSuggestWidget.selectedBackground': token('accent'),
    },
  }
}

export { monaco }
