import type { ReactNode } from 'react'
import { onDemand, SealActionProvider } from '../../ui/index.ts'
import { useMay } from '../api/index.ts'
import { needTexts } from '../i18n/index.ts'

const Reveal = onDemand(async () => {
  const [{ Reveal: Loaded }] = await Promise.all([import('./Reveal.tsx'), needTexts('reveal')])
  return Loaded
})

/** Sealed values below can be opened by somebody who may, for a reason. Others see no button at all. */
export function RevealProvider({ children }: { readonly children: ReactNode }) {
  const may = useMay()
  return <SealActionProvider value={may('data.reveal') ? Reveal : null}>{children}</SealActionProvider>
}
