import { EyeOff, Lock, ShieldOff } from 'lucide-react'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import styles from './MaskedValue.module.css'

const icons = { frozen: Lock, no_consent: ShieldOff, policy: EyeOff } as const
export type MaskReason = keyof typeof icons

/** `{ "$masked": "frozen" }` instead of a value: never null, never stars (CONTRACT.md §2). */
export function isMasked(value: unknown): value is { readonly $masked: MaskReason; readonly type?: unknown } {
  return typeof value === 'object' && value !== null && '$masked' in value && Object.hasOwn(icons, String(value.$masked))
}

/** A sealed value, in words: that there is one, and why it cannot be seen. */
export function MaskedValue({ reason, isShort = false }: { readonly reason: MaskReason; readonly isShort?: boolean }) {
  const t = useT()
  const Icon = icons[reason]
  return (
    <span className={cx(styles.seal, styles[reason])} data-masked={reason} {...(isShort && { title: t(`app.masked.${reason}`) })}>
      <Icon size={12} aria-hidden="true" />
      {t(isShort ? `app.masked.short.${reason}` : `app.masked.${reason}`)}
    </span>
  )
}
