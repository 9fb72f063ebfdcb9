import { type PackKeyring, problem } from '@sluice/sdk/server'

/** App secrets stand sealed in the database; only the host's key, which lies beside it, opens them. */
let keyring: PackKeyring | null = null

export function useKeyring(given: PackKeyring | undefined): void {
  keyring = given ?? null
}

export function seal(secret: string): string {
  return opened().seal(secret)
}

export function unseal(sealed: string): string {
  try {
    return opened().open(sealed)
  } catch {
    throw problem(
      'SLU_WECHAT_SETTINGS',
      422,
      'The settings of this WeChat app cannot be opened with the key of this workspace; enter them again',
    )
  }
}

function opened(): PackKeyring {
  if (keyring === null) throw problem('SLU_WECHAT_SETTINGS', 422, 'This host keeps no secrets; connect WeChat on a server')
  return keyring
}
