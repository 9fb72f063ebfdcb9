import { signOut } from '../api/index.ts'
import { go } from '../navigate.ts'
import { forgetOffline } from '../offline/forget-offline.ts'
import { stopPush } from '../offline/push.ts'

/** Signs out. A device that somebody leaves is told nothing more; where that cannot be said now, its push service ends it later. */
export async function leave(): Promise<void> {
  await stopPush().catch(() => undefined)
  await signOut()
  await forgetOffline()
  go('/sign-in')
}
