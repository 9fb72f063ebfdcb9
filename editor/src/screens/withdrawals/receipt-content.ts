/** What a signed receipt says (JWS compact form); null when it is not one. Reading it checks no signature. */
export function contentOf(receipt: string): unknown {
  const [, payload] = receipt.split('.')
  if (payload === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
