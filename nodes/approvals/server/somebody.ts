import type { StepContext } from '@sluice/sdk'
import { tryCommand } from './optional.ts'

/** A step that waits for nobody would wait for ever. */
export type Found = { readonly who: string } | { readonly nobody: 'unnamed' | 'incident' }

/**
 * Who is asked. With a rule for the empty case it is looked whether anybody answers to that name who may: a role nobody holds, or
 * holds but the author, gives way to whoever the rule names.
 */
export function somebody<Config>(
  context: StepContext<Config>,
  address: string,
  rule: string | undefined,
  excluded: readonly string[],
): Found {
  if (rule === undefined || rule === '') return address === '' ? { nobody: 'unnamed' } : { who: address }
  if (address !== '' && isThere(context, address, excluded)) return { who: address }
  return rule !== 'incident' && isThere(context, rule, excluded) ? { who: rule } : { nobody: 'incident' }
}

function isThere<Config>(context: StepContext<Config>, address: string, excluded: readonly string[]): boolean {
  const people = tryCommand<readonly string[]>(context, 'people.find', { address })
  return people === null || people.some((id) => !excluded.includes(id) && !excluded.includes(`user:${id}`))
}
