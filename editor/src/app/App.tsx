import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { RouterProvider as AriaRouterProvider, I18nProvider } from 'react-aria-components'
import { queryClient } from './api/index.ts'
import { useLanguageStore } from './i18n/index.ts'
import { go } from './navigate.ts'
import { router } from './router.tsx'

export function App() {
  const language = useLanguageStore((state) => state.language)
  const shown = useRef(language)
  useEffect(() => {
    if (shown.current === language) return
    shown.current = language
    // The server words some things itself: problems, what a rep may do, names of roles.
    void queryClient.invalidateQueries()
  }, [language])
  return (
    <I18nProvider locale={language === 'zh-CN' ? 'zh-CN' : 'en'}>
      <AriaRouterProvider navigate={(href) => go(href)}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AriaRouterProvider>
    </I18nProvider>
  )
}
