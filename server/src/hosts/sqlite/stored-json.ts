import { problem } from '@sluice/sdk/server'

/** What this host wrote itself. Text that is no JSON any more is damage; the parser's own words could quote a customer. */
export function storedJson<Value>(text: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch {
    throw problem('SLU_DATA_DAMAGED', 500, 'A stored value cannot be read any more. Stop the server and run "sluice verify".')
  }
}
