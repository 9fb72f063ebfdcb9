import { createLazyRoute } from '@tanstack/react-router'
import { SetupScreen } from './SetupScreen.tsx'

export const Route = createLazyRoute('/setup')({ component: SetupScreen })
