import type { Text } from '@sluice/sdk'

/** What `alerts.raise` takes. Give `to`, or `customer` whose owner is meant. */
export interface RaiseAlert {
  readonly to?: string | null
  readonly customer?: string | null
  readonly title?: Text
  readonly text: Text
  readonly kind?: string
  readonly withdrawal?: string | null
  /** Acknowledgement is due then; after it the alert is escalated. */
  readonly dueAt?: number | null
  readonly escalateTo?: string | null
  /** The step that waits for the acknowledgement. */
  readonly step?: { readonly run: string; readonly node: string; readonly token: string } | null
}

export interface RaisedAlert {
  readonly alert: string
  readonly to: string
}

/** Whom an alert falls to when nobody is named and the customer has no owner. */
export const lastResort = 'role:admin'

export const alertTextCharsMax = 4_000

/** A bare rep id gets its kind, so that addresses are always told apart. */
export function repAddress(to: string): string {
  return /^(rep|user|role):/.test(to) ? to : `rep:${to}`
}
