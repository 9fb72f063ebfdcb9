import { CheckCircle2, Info, X, XCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '../app/i18n/index.ts'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { IconButton } from './IconButton.tsx'
import styles from './Toasts.module.css'
import { dismissToast, type ToastMessage, useToasts } from './toast-store.ts'

const lifeMs = 6_000
const icons = { ok: CheckCircle2, error: XCircle, info: Info }

/** Where notices appear; once, in the shell. */
export function Toasts() {
  const t = useT()
  const items = useToasts((state) => state.items)
  return (
    <section className={styles.region} aria-label={t('app.notifications')} aria-live="polite">
      {items.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </section>
  )
}

function Toast({ item }: { readonly item: ToastMessage }) {
  const t = useT()
  const [isHeld, hold] = useState(false)
  useEffect(() => {
    if (item.tone === 'error' || isHeld) return
    const timer = setTimeout(() => dismissToast(item.id), lifeMs)
    return () => clearTimeout(timer)
  }, [item, isHeld])
  const Icon = icons[item.tone]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it longer.
    <div
      className={cx(styles.toast, styles[item.tone])}
      {...(item.tone === 'error' && { role: 'alert' })}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <Icon size={16} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <strong>{item.title}</strong>
        {item.detail !== undefined && item.detail !== '' && <p>{item.detail}</p>}
      </div>
      {item.action !== undefined && (
        <Button
          size="small"
          onPress={() => {
            item.action?.run()
            dismissToast(item.id)
          }}
        >
          {item.action.label}
        </Button>
      )}
      <IconButton label={t('app.close')} size="small" icon={<X size={14} aria-hidden="true" />} onPress={() => dismissToast(item.id)} />
    </div>
  )
}
