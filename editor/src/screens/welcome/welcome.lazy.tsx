import { createLazyRoute } from '@tanstack/react-router'
import { WelcomeScreen } from './WelcomeScreen.tsx'

export const Route = createLazyRoute('/welcome')({ component: WelcomeScreen })
