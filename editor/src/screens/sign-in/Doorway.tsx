import type { ReactNode } from 'react'
import { chooseLanguage } from '../../app/choose-language.ts'
import { type ScreenLanguage, useLanguageStore, useT } from '../../app/i18n/index.ts'
import { Mark } from '../../app/shell/Mark.tsx'
import { usePage } from '../../app/shell/page.ts'
import { Segments } from '../../ui/index.ts'
import styles from './Doorway.module.css'
import { GatePicture } from './GatePicture.tsx'

/** What is seen before signing in: the form, and a picture of what the product does. */
export function Doorway({ title, lead, children }: { readonly title: string; readonly lead: string; readonly children: ReactNode }) {
  const t = useT()
  const language = useLanguageStore((state) => state.language)
  usePage({ crumbs: [{ label: title }] })
  return (
    <div className={styles.doorway}>
      <main className={styles.side}>
        <div className={styles.brand}>
          <Mark size={26} />
          <span>{t('app.name')}</span>
        </div>
        <div className={styles.panel}>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
          {children}
        </div>
        <Segments<ScreenLanguage>
          label={t('app.language')}
          value={language}
          onChange={(chosen) => void chooseLanguage(chosen)}
          options={[
            { value: 'zh-CN', label: t('app.language.zh-CN') },
            { value: 'en', label: t('app.language.en') },
          ]}
        />
      </main>
      <div className={styles.picture} aria-hidden="true">
        <GatePicture />
      </div>
    </div>
  )
}
