/** What a person does here, as far as it says which flow helps them first. */
export const parts = ['operations', 'lead', 'consent', 'technical'] as const
export type Part = (typeof parts)[number]

/** What hurts today. */
export const pains = ['withdrawal', 'discount', 'quote', 'follow-up', 'consent', 'complaint'] as const
export type Pain = (typeof pains)[number]

/** The template that ends the pain (`flows/templates`). */
const cures: Readonly<Record<Pain, string>> = {
  withdrawal: 'consent-withdrawn',
  discount: 'price-too-high',
  quote: 'quote-approval',
  'follow-up': 'test-drive-followup',
  consent: 'consent-thank-you',
  complaint: 'complaint-escalation',
}

/** What hurts whom most, first. */
const firstPains: Readonly<Record<Part, readonly Pain[]>> = {
  operations: ['follow-up', 'quote'],
  lead: ['discount', 'complaint', 'quote'],
  consent: ['withdrawal', 'consent'],
  technical: ['withdrawal', 'follow-up'],
}

/** Every pain, those of this person's part first. */
export function painsOf(part: Part | null): readonly Pain[] {
  const first = part === null ? [] : firstPains[part]
  return [...first, ...pains.filter((pain) => !first.includes(pain))]
}

/** The template to begin with; whoever did not say what hurts gets what hurts their like most. */
export function templateFor(part: Part | null, pain: Pain | null): string {
  return cures[pain ?? painsOf(part)[0] ?? 'withdrawal']
}

/** What the roles of an account say about a person's part; an admin may be anybody. */
export function partOf(roles: readonly string[]): Part | null {
  if (roles.includes('analyst')) return 'operations'
  if (roles.includes('developer')) return 'technical'
  return null
}
