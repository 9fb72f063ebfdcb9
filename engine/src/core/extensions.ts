/** Further attributes of a CloudEvent (`traceparent`, `partitionkey`, a sender's own): lower-case letters and digits only. */
export type EventExtensions = Readonly<Record<string, string | number | boolean>>

interface WithExtensions {
  readonly extensions?: EventExtensions
}

/**
 * An event as its JSON format writes it, and as expressions read it: the extensions beside the other attributes. They are kept apart
 * from these, so that no sender can give an attribute of ours another value.
 */
export function written<Event extends WithExtensions>(event: Event): Omit<Event, 'extensions'> {
  const { extensions, ...own } = event
  return extensions === undefined ? own : { ...own, ...extensions, ...own }
}
