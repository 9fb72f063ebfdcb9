export { type ImeKey, imeGuard } from './ime.ts'
export { installKeyboard } from './keyboard.ts'
export { combinationOf } from './keys.ts'
export {
  type Command,
  type CommandSource,
  commandDone,
  keysOf,
  listCommands,
  runCommand,
  setKeys,
  useRegistry,
  whenCommandDone,
} from './registry.ts'
export { useCommands } from './use-commands.ts'
