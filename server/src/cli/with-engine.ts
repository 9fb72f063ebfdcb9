import { resultOf } from '../door.ts'
import { type EngineClient, openEngine } from '../hosts/sqlite/index.ts'

export type Command = <Result>(name: string, payload: unknown) => Promise<Result>

/** Opens the data for a moment to run commands as the system itself. A running server holds the lock: then it refuses and says so. */
export async function withEngine<Result>(
  dataFolder: string,
  work: (command: Command, engine: EngineClient) => Promise<Result>,
): Promise<Result> {
  const engine = await openEngine({ dataFolder })
  try {
    const actor = { kind: 'system', id: 'cli' } as const
    return await work(async (name, payload) => resultOf(await engine.execute({ kind: 'command', name, payload, actor })) as never, engine)
  } finally {
    await engine.close()
  }
}
