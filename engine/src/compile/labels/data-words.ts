import type { Text } from '@sluice/flows'

/**
 * What the workspace calls personal, as far as names tell. The engine knows no customers: the packs give these words, and without them
 * the consent rule speaks only of what steps declare.
 */
export interface DataWords {
  /** Kind of personal data a field of this name holds inside a member called `within`; null: none that names tell. */
  categoryOf(name: string, within: string): string | null
  /** May data of this kind be used so, if the customer agrees? */
  allows(category: string, purpose: string, scene: string): boolean
  /** Names of fields that hold data of this kind. */
  fieldsOf(category: string): readonly string[]
  /** Every purpose and scene one can ask for, the most usual first. */
  uses(): readonly { readonly purpose: string; readonly scene: string }[]
  categoriesFor(purpose: string, scene: string): readonly string[]
  sayCategory(category: string): Text
  sayUse(purpose: string, scene: string): Text
}

export const noWords: DataWords = {
  categoryOf: () => null,
  allows: () => true,
  fieldsOf: () => [],
  uses: () => [],
  categoriesFor: () => [],
  sayCategory: (category) => category,
  sayUse: (purpose, scene) => `${purpose} · ${scene}`,
}
