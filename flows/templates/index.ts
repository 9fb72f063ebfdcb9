import type { FlowDefinition } from '../src/definition.ts'
import complaintEscalation from './complaint-escalation.flow.json'
import consentThankYou from './consent-thank-you.flow.json'
import consentWithdrawn from './consent-withdrawn.flow.json'
import priceTooHigh from './price-too-high.flow.json'
import quoteApproval from './quote-approval.flow.json'
import testDriveFollowup from './test-drive-followup.flow.json'

/** The flows we ship, the main job first. Each opens, publishes and runs as it is. */
export const templates = [
  consentWithdrawn,
  priceTooHigh,
  quoteApproval,
  testDriveFollowup,
  consentThankYou,
  complaintEscalation,
] as unknown as readonly FlowDefinition[]

/** @example `template('consent-withdrawn')` */
export function template(key: string): FlowDefinition {
  const found = templates.find((flow) => flow.key === key)
  if (found === undefined) throw new Error(`there is no template ${key}`)
  return found
}

/** Raised with each change to a shipped template, so that copies can follow. */
const versions: Readonly<Record<string, number>> = {
  'complaint-escalation': 2,
  'consent-thank-you': 3,
  'consent-withdrawn': 3,
  'price-too-high': 3,
  'quote-approval': 3,
  'test-drive-followup': 3,
}

export function templateVersion(key: string): number {
  return versions[key] ?? 1
}
