import { useQuery } from '@tanstack/react-query'
import { isMasked, Link, MaskedValue } from '../../ui/index.ts'
import { type Customer, customerQuery, useMay } from '../api/index.ts'
import { useT } from '../i18n/index.ts'

function useName(id: string): Customer['name'] | undefined {
  const may = useMay()
  const customer = useQuery({ ...customerQuery(id), enabled: id !== '' && may('customers.read'), retry: false, staleTime: 300_000 })
  return customer.data?.name
}

/** A customer's name for an id as plain words; the id while it loads or where it is not theirs to know. */
export function useCustomerName(id: string): string {
  const t = useT()
  const name = useName(id)
  return name === undefined ? id : isMasked(name) ? t(`app.masked.short.${name.$masked}`) : name
}

/** The same as a link to the customer's page, sealed where the reader may not know the name. */
export function CustomerName({ id, isLink = true }: { readonly id: string; readonly isLink?: boolean }) {
  const name = useName(id)
  const words = name === undefined ? id : isMasked(name) ? <MaskedValue reason={name.$masked} isShort /> : name
  if (!isLink || name === undefined) return <span>{words}</span>
  return (
    <Link href={`/customers/${encodeURIComponent(id)}`} isPlain>
      {words}
    </Link>
  )
}
