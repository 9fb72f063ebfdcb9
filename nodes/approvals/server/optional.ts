import type { WriteContext } from '@sluice/sdk/server'

/** Another pack's or the server's command where it is loaded; null where it is not. What it refuses is still a refusal. */
export function tryCommand<Result>(context: WriteContext, name: string, payload: unknown): Result | null {
  try {
    return context.command<Result>(name, payload)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SLU_COMMAND_UNKNOWN' && error.message.includes(name)) return null
    throw error
  }
}
