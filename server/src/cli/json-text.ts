import type { Json } from '@sluice/flows'
import { SluiceProblem } from '@sluice/sdk/server'
import { parseJson } from '../http/json-body.ts'
import { UsageError } from './options.ts'

/** JSON that somebody typed or wrote into a file, read as the server reads a body: so that a trial here shows what happens there. */
export function readJsonText(what: string, text: string): Json {
  try {
    return parseJson(text, 'en')
  } catch (error) {
    if (!(error instanceof SluiceProblem)) throw error
    const path = error.details[0]?.path ?? ''
    if (error.code === 'SLU_BODY_NAME_REPEATED')
      throw new UsageError(
        `${what}: ${path} stands there twice; only one of them would count`,
        `${what}：${path} 出现了两次，只有一个会生效`,
      )
    if (error.code === 'SLU_BODY_TOO_DEEP') throw new UsageError(`${what} nests too deep`, `${what} 嵌套过深`)
    throw new UsageError(`${what} is no JSON`, `${what} 不是 JSON`)
  }
}
