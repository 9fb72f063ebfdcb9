import type { WriteContext } from '@sluice/sdk/server'

/** The rep who owns a customer, or null. */
export function ownerOf(context: WriteContext, customer: string): string | null {
  return context.command<{ readonly owner: string | null } | null>('crm.find-customer', { id: customer })?.owner ?? null
}

/** What a customer reads; of those nobody knows, English. */
export function languageOf(context: WriteContext, customer: string): 'en' | 'zh-CN' {
  const language = context.command<{ readonly language?: string } | null>('crm.find-customer', { id: customer })?.language
  return language?.startsWith('zh') === true ? 'zh-CN' : 'en'
}

/** Who answers for a rep who does not, or null. */
export function managerOf(context: WriteContext, rep: string): string | null {
  return context.command<{ readonly manager: string | null } | null>('crm.find-rep', { id: rep })?.manager ?? null
}
