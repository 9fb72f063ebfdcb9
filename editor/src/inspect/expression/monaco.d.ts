declare module 'monaco-editor/editor/editor.api.js' {
  export * from 'monaco-editor'
}
declare module 'monaco-editor/editor/contrib/*'
declare module 'monaco-editor/editor/common/*'
declare module 'monaco-editor/base/*'
declare module 'monaco-editor/editor/browser/*'
