export function WithdrawalScreen({ withdrawalId }: { readonly withdrawalId: string }) {
  return <h1>{withdrawalId}</h1>
}
