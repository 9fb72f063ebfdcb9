/** Why a line was ended, as the engine writes it in a journal. What else stands there a person wrote. */
type CancelReason =
  | 'group-cancelled'
  | 'group-failed'
  | 'group-time'
  | 'item-failed'
  | 'race-lost'
  | 'join-went-on'
  | 'enough-done'
  | 'too-large'
  | 'caller-skipped'
  | 'caller-gone'
  | 'caller-time'
  | 'caller-stopped'
  | 'step-withdrawn'
  | 'taken-up'
  | 'replaced'
  | 'later-event'
  | 'consent-withdrawn'

const forms: readonly (readonly [CancelReason, RegExp])[] = [
  ['group-cancelled', /^the group (?<group>\S+) was cancelled$/],
  ['group-failed', /^(?<step>\S+) failed in the group (?<group>\S+)$/],
  ['group-time', /^the group (?<group>\S+) took too long$/],
  ['item-failed', /^item (?<item>\d+) failed$/],
  ['race-lost', /^(?<step>\S+) won the race$/],
  ['join-went-on', /^join (?<step>\S+) went on without it$/],
  ['enough-done', /^enough was done$/],
  ['too-large', /^the results became too large$/],
  ['caller-skipped', /^the calling step was skipped$/],
  ['caller-gone', /^the caller no longer waits$/],
  ['caller-time', /^the calling step reached its time limit$/],
  ['caller-stopped', /^the calling step was stopped$/],
  ['step-withdrawn', /^the step was withdrawn$/],
  ['taken-up', /^taken up again from (?<step>\S+)$/],
  ['replaced', /^run (?<run>\S+) took its place$/],
  ['later-event', /^a later event came: run (?<run>\S+)$/],
  ['consent-withdrawn', /^consent_withdrawn$/],
]

interface ReadReason {
  readonly reason: CancelReason
  readonly values: Readonly<Record<string, string>>
}

/** Journals hold these reasons in English; read back into what they say, they are told in the reader's language. Null: a person's words. */
export function readCancelReason(text: string): ReadReason | null {
  for (const [reason, form] of forms) {
    const found = form.exec(text)
    if (found !== null) return { reason, values: { ...found.groups } }
  }
  return null
}
