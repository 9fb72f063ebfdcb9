export function CustomerScreen({ customerId }: { readonly customerId: string }) {
  return <h1>{customerId}</h1>
}
