import type { RecordsReader } from '@sluice/engine/worker'
import type { Caller, PackServer } from './pack-server.ts'

/** Where a hidden value stands and what it is: what is asked before somebody with a reason sees it. */
export interface HiddenPlace {
  readonly subject: string | null
  /** Values that name the customers in play. */
  readonly mentioned: readonly unknown[]
  readonly path: readonly string[]
  readonly value: unknown
}

/** `allowed` only when it is known whose value it is and that this person agreed to some use of it. */
export type RevealVerdict = 'allowed' | 'frozen' | 'no_consent'

/** A field of a customer, and why this reader does not see it. */
export interface SeenField {
  readonly name: string
  readonly hidden: 'frozen' | 'no_consent' | 'policy' | null
}

/** What one reader may see of the customer data that runs, tasks and events carry along. Lists of customers have their own views. */
export interface Sight {
  /** Readers with the same key see the same. */
  readonly key: string
  /** May this reader know of the customer at all? A rep knows their own. */
  knows(customer: string): boolean
  /** Whom this reader may know of, by id; null: everybody. */
  known(): readonly string[] | null
  /**
   * Looks up, once, whose data is in play: the subject's and that of every customer whose id is mentioned. With `addressed` the words
   * were written to this reader, who needs them to do their work: only what is frozen is hidden.
   */
  on(subject: string | null, mentioned: readonly unknown[], addressed?: boolean): Lens
  /** The fields of one customer as their own page shows them; null: there is no such customer for this reader. */
  fields(customer: string): readonly SeenField[] | null
  /** May a value that only policy hides be shown to somebody who gave a reason? */
  reveals(place: HiddenPlace): RevealVerdict
}

/** Hides what this reader may not see in any number of values that belong together. */
export interface Lens {
  /** A hidden value becomes `{ "$masked": "frozen" }`, like everywhere else. */
  mask<Value>(value: Value): Value
  /** For places that hold text and nothing else, such as error messages. */
  text(value: string): string
}

/** Hides nothing: where no pack keeps customers. */
const open: Sight = {
  key: '',
  knows: () => true,
  known: () => null,
  on: () => ({ mask: (value) => value, text: (value) => value }),
  fields: () => null,
  reveals: () => 'no_consent',
}

/** All packs' sights in one: what any of them hides is hidden. */
export function sightOf(packs: readonly PackServer[], caller: Caller, records: RecordsReader): Sight {
  const sights = packs.flatMap((pack) => pack.sight?.(caller, records) ?? [])
  if (sights.length <= 1) return sights[0] ?? open
  return {
    key: JSON.stringify(sights.map(({ key }) => key)),
    knows: (customer) => sights.every((sight) => sight.knows(customer)),
    known() {
      const [first = null, ...more] = sights.map((sight) => sight.known()).filter((ids) => ids !== null)
      return first === null ? null : first.filter((id) => more.every((ids) => ids.includes(id)))
    },
    on(subject, mentioned, addressed) {
      const lenses = sights.map((sight) => sight.on(subject, mentioned, addressed))
      return {
        mask: (value) => lenses.reduce((seen, lens) => lens.mask(seen), value),
        text: (value) => lenses.reduce((seen, lens) => lens.text(seen), value),
      }
    },
    fields(customer) {
      const seen = sights.map((sight) => sight.fields(customer))
      return seen.includes(null) ? null : seen.flatMap((fields) => fields ?? [])
    },
    reveals(place) {
      const verdicts = sights.map((sight) => sight.reveals(place))
      return verdicts.find((verdict) => verdict === 'frozen') ?? verdicts.find((verdict) => verdict === 'no_consent') ?? 'allowed'
    },
  }
}
