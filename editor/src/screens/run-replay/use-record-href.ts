import { useMay } from '../../app/api/index.ts'

/**
 * Where a consent record or a receipt named by a step can be looked at by this reader: the customer's consent, else what the log says
 * of it. Null: nowhere they may go.
 */
export function useRecordHref(customer: string | null): (kind: 'consent' | 'receipt', id: string) => string | null {
  const may = useMay()
  return (kind, id) => {
    if (kind === 'consent' && customer !== null && may('customers.read') && may('consents.read'))
      return `/customers/${encodeURIComponent(customer)}?tab=consent`
    return may('audit.read') ? `/audit?record=${encodeURIComponent(id)}` : null
  }
}
