import { create } from 'zustand'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'sluice.theme'

export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: 'system' }))

/** `system` removes the attribute, so that the media query of tokens.css decides. */
export function switchTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') root.removeAttribute('data-theme')
  else root.setAttribute('data-theme', theme)
  useTheme.setState({ theme })
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
}

export function preferredTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(storageKey)) ?? 'system'
  } catch {
    return 'system'
  }
}
