import { backup, restore } from './backup.ts'
import type { CliCommand } from './command.ts'
import { diff } from './diff.ts'
import { newNode, newPack } from './new.ts'
import { replay } from './replay.ts'
import { run } from './run.ts'
import { schema } from './schema.ts'
import { simulate } from './simulate.ts'
import { start } from './start.ts'
import { test } from './test.ts'
import { tokenCreate } from './token-create.ts'
import { userAdd } from './user-add.ts'
import { validate } from './validate.ts'
import { verify } from './verify.ts'

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = [
  start,
  validate,
  run,
  simulate,
  replay,
  diff,
  test,
  newNode,
  newPack,
  verify,
  backup,
  restore,
  userAdd,
  tokenCreate,
  schema,
]
