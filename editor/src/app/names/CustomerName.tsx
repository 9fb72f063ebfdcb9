import { useQuery } from '@tanstack/react-query'
import { isMasked, Link, MaskedValue } from '../../ui/index.ts'
import { customerQuery } from '../api/customers.ts'
import { useMay } from '../api/index.ts'

/** A customer's name for an id, as far as this reader may see it; the id while it loads or where it is not theirs to know. */
export function CustomerName({ id, isLink = true }: { readonly id: string; readonly isLink?: boolean }) {
  const may = useMay()
  const customer = useQuery({ ...customerQuery(id), enabled: may('customers.read'), retry: false, staleTime: 300_000 })
  const name = customer.data?.name
  const words = name === undefined ? id : isMasked(name) ? <MaskedValue reason={name.$masked} isShort /> : name
  if (!isLink || customer.data === undefined) return <span>{words}</span>
  return (
    <Link href={`/customers/${encodeURIComponent(id)}`} isPlain>
      {words}
    </Link>
  )
}
