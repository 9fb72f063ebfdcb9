import { Eye } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, Dialog, TextArea } from '../../ui/index.ts'
import { api, isProblem } from '../api/index.ts'
import { useT } from '../i18n/index.ts'
import { announce } from '../shell/announce.ts'
import styles from './Reveal.module.css'
import { placeOf, type SealPlace } from './seal-places.ts'

interface Shown {
  readonly value: unknown
  readonly until: number
}

/** One sealed value for a written reason, on the screen for a minute and kept nowhere. */
export function Reveal({ seal }: { readonly seal: object }) {
  const t = useT()
  const place = placeOf(seal)
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<Shown | null>(null)
  const left = useSecondsLeft(shown?.until ?? null)
  useEffect(() => {
    if (shown !== null && left === 0) setShown(null)
  }, [shown, left])
  if (place === null) return null
  return (
    <span className={styles.reveal}>
      {shown === null ? (
        <Button size="small" tone="quiet" icon={<Eye size={12} aria-hidden="true" />} onPress={() => setAsking(true)}>
          {t('reveal.open')}
        </Button>
      ) : (
        <span className={styles.shown} data-testid="revealed">
          <b>{String(shown.value)}</b>
          <span className={styles.left}>{t('reveal.left', { seconds: left })}</span>
          <Button size="small" tone="quiet" onPress={() => setShown(null)}>
            {t('reveal.hide')}
          </Button>
        </span>
      )}
      {isAsking && (
        <Ask
          place={place}
          onClose={() => setAsking(false)}
          onShown={(value) => {
            setAsking(false)
            setShown(value)
            announce(t('reveal.say'))
          }}
        />
      )}
    </span>
  )
}

const reasonMin = 10

function Ask({
  place: { run, seq, path },
  onClose,
  onShown,
}: {
  readonly place: SealPlace
  readonly onClose: () => void
  readonly onShown: (shown: Shown) => void
}) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  async function open(): Promise<void> {
    setPending(true)
    setRefused(null)
    try {
      const body = { seq, path, reason: reason.trim() }
      const answer = await api.post<{ readonly value: unknown; readonly until: string }>(`/runs/${encodeURIComponent(run)}/reveal`, body)
      onShown({ value: answer.value, until: Date.parse(answer.until) })
    } catch (problem) {
      setRefused(
        isProblem(problem) ? `${problem.title} ${problem.message === problem.title ? '' : problem.message}`.trim() : t('app.problem.title'),
      )
      setPending(false)
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('reveal.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isPending={isPending} isDisabled={reason.trim().length < reasonMin} onPress={() => void open()}>
            {t('reveal.do')}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{t('reveal.lead')}</p>
      <p className={styles.place}>
        <code>{path}</code>
      </p>
      <TextArea
        label={t('reveal.reason')}
        description={t('reveal.reason.help', { count: reasonMin })}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={500}
        autoFocus
        error={refused}
      />
    </Dialog>
  )
}

function useSecondsLeft(until: number | null): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (until === null) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until])
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000))
}
