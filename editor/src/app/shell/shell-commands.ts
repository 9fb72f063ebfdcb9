import { useSession } from '../api/index.ts'
import { chooseLanguage } from '../choose-language.ts'
import { type Command, useCommands } from '../commands/index.ts'
import { translate, useLanguageStore } from '../i18n/index.ts'
import { go } from '../navigate.ts'
import { switchTheme } from '../theme.ts'
import { useOverlay } from './PaletteHost.tsx'
import { toggleRail } from './rail-store.ts'
import { allScreens, mayOpen, screenTitle } from './screens.ts'

export async function leave(): Promise<void> {
  await (await import('./leave.ts')).leave()
}

function toggleOverlay(which: 'palette' | 'shortcuts'): void {
  useOverlay.setState((state) => ({ open: state.open === which ? null : which }))
}

function isDark(): boolean {
  const chosen = document.documentElement.getAttribute('data-theme')
  return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
}

/** Commands that work on every screen. */
export function useShellCommands(): void {
  const permissions = useSession()?.user.permissions ?? []
  const screens: readonly Command[] = allScreens
    .filter((screen) => mayOpen(screen, permissions))
    .map((screen) => ({
      id: `app.go.${screen.id}`,
      title: () => translate('app.command.go', { screen: translate(screenTitle(screen.id)) }),
      scope: 'app',
      notInPalette: true,
      run: () => go(screen.href),
    }))
  useCommands([
    {
      id: 'app.palette',
      title: () => translate('app.command.palette'),
      keys: ['Mod+K'],
      scope: 'app',
      inText: true,
      inDialog: true,
      notInPalette: true,
      run: () => toggleOverlay('palette'),
    },
    {
      id: 'app.shortcuts',
      title: () => translate('app.command.shortcuts'),
      keys: ['?'],
      scope: 'app',
      run: () => toggleOverlay('shortcuts'),
    },
    { id: 'app.theme', title: () => translate('app.command.theme'), scope: 'app', run: () => switchTheme(isDark() ? 'light' : 'dark') },
    {
      id: 'app.language',
      title: () => translate('app.command.language'),
      scope: 'app',
      keywords: ['language', '语言', '中文', 'English'],
      run: () => void chooseLanguage(useLanguageStore.getState().language === 'zh-CN' ? 'en' : 'zh-CN'),
    },
    { id: 'app.rail', title: () => translate('app.command.rail'), keys: ['Mod+\\'], scope: 'app', inText: true, run: toggleRail },
    {
      id: 'app.tour',
      title: () => translate('app.command.tour'),
      scope: 'app',
      // The drawing is for reading only on a phone.
      when: () => permissions.includes('flows.write') && matchMedia('(width >= 700px)').matches,
      run: () => void import('../../screens/canvas/guide/start-tour.ts').then(({ startTour }) => startTour()),
    },
    { id: 'app.sign-out', title: () => translate('app.command.sign-out'), scope: 'app', run: () => void leave() },
    ...screens,
  ])
}
