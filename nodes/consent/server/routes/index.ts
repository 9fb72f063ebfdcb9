import type { Route } from '@sluice/sdk/server'
import { consentRoutes } from './consents.ts'
import { permitRoutes } from './permits.ts'
import { withdrawalRoutes } from './withdrawals.ts'

export const routes: readonly Route[] = [...consentRoutes, ...withdrawalRoutes, ...permitRoutes]
