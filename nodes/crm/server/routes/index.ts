import type { Route } from '@sluice/sdk/server'
import { customerRoutes } from './customers.ts'
import { fieldRoutes } from './fields.ts'
import { fileRoutes } from './files.ts'

export const routes: readonly Route[] = [...fileRoutes, ...customerRoutes, ...fieldRoutes]
