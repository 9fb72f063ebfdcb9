/**
 * Stands in for the key that signs withdrawal receipts. A simulation on the server signs with a key that nobody keeps, so its receipts
 * prove nothing either; here they say so by their algorithm. Nobody is shown them.
 */
export function useReceiptKey(): void {}

export function receiptPublicKey() {
  return { kty: 'OKP', crv: 'Ed25519', x: '', kid: 'simulation' }
}

export function signReceipt(body: object): string {
  return `${JSON.stringify({ alg: 'none' })}.${JSON.stringify(body)}.`
}
