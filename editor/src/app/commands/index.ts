export { type ImeKey, imeGuard } from './ime.ts'
export { installKeyboard } from './keyboard.ts'
export { type Command, type CommandSource, keysOf, listCommands, registerCommands, runCommand, setKeys, useRegistry } from './registry.ts'
export { useCommands } from './use-commands.ts'
