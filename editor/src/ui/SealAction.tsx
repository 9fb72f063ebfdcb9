import { type ComponentType, createContext, useContext } from 'react'

/** What a person who may can do with a sealed value, given by the screen; null: nothing. */
const SealActions = createContext<ComponentType<{ readonly seal: object }> | null>(null)
export const SealActionProvider = SealActions.Provider

export function SealAction({ seal }: { readonly seal: object }) {
  const Action = useContext(SealActions)
  return Action === null ? null : <Action seal={seal} />
}
