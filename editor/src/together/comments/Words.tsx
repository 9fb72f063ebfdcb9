import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import { textMax } from './api.ts'
import styles from './Comments.module.css'

/** A few words to send. Enter sends, Shift Enter begins a line, Escape leaves; an input method keeps its own keys. */
export function Words({
  label,
  action,
  start = '',
  takesFocus = true,
  isBusy,
  onSend,
  onCancel,
}: {
  readonly label: string
  readonly action: string
  readonly start?: string
  readonly takesFocus?: boolean
  readonly isBusy: boolean
  readonly onSend: (text: string) => Promise<unknown>
  readonly onCancel?: () => void
}) {
  const t = useT()
  const [text, setText] = useState(start)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
  const isEmpty = text.trim() === ''
  const send = () => {
    if (isEmpty || isBusy) return
    void onSend(text.trim()).then(
      () => setText(''),
      () => undefined,
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      event.stopPropagation()
      send()
    }
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation()
      onCancel()
    }
  }
  return (
    <div className={styles.words}>
      <textarea
        ref={field}
        className={styles.field}
        aria-label={label}
        placeholder={label}
        rows={2}
        maxLength={textMax}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.choices}>
        {text.length > textMax * 0.8 && (
          <span className={styles.quiet}>{t('together.comments.left', { count: textMax - text.length })}</span>
        )}
        {onCancel !== undefined && (
          <Button size="small" tone="quiet" onPress={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
        <Button size="small" tone="primary" isDisabled={isEmpty || isBusy} onPress={send}>
          {action}
        </Button>
      </span>
    </div>
  )
}
