import { builtIns } from './commands.ts'
import type { Actor, WriteContext } from './context.ts'
import { engineLimits } from './limits.ts'
import { problem } from './problem.ts'
import type { Work } from './work.ts'
import { writeContext } from './write-context.ts'

/** Runs a named command of a pack, of the host or of the engine itself. */
export function runCommand(work: Work, name: string, payload: unknown, actor: Actor): unknown {
  const builtIn = builtIns.get(name)
  const handler = work.shared.ports.commands.get(name)
  if (builtIn === undefined && handler === undefined)
    throw problem('SLU_COMMAND_UNKNOWN', 404, {
      en: `No command ${name}; is its pack loaded?`,
      'zh-CN': `没有命令 ${name}，请检查其组件包是否已加载`,
    })
  if (work.commandDepth >= engineLimits.commandDepthMax)
    throw problem('SLU_CASCADE_LIMIT', 409, `commands called one another ${work.commandDepth} deep (limit ${engineLimits.commandDepthMax})`)
  work.commandDepth++
  try {
    const context = writeContext(work, actor)
    if (builtIn !== undefined) return builtIn(work, context, payload)
    return (handler as (context: WriteContext, payload: unknown) => unknown)(context, payload)
  } finally {
    work.commandDepth--
  }
}
