import { keepLanguage, queryClient, type Session, sessionQuery } from './api/index.ts'
import { rememberLanguage, type ScreenLanguage, switchLanguage } from './i18n/index.ts'

/** A person's own choice: at once on this screen, remembered on this device, and with the account for the next one. */
export async function chooseLanguage(language: ScreenLanguage): Promise<void> {
  await switchLanguage(language)
  rememberLanguage(language)
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  if (session === undefined || session === null || language === 'pseudo' || session.user.language === language) return
  try {
    await keepLanguage(language)
    queryClient.setQueryData<Session>(['session'], { ...session, user: { ...session.user, language } })
  } catch {
    // The screen has switched already; the account learns of it the next time.
  }
}
