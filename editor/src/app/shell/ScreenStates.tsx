import { CompassIcon, Lock, Unplug } from 'lucide-react'
import { Button, EmptyState, LinkButton, Skeleton } from '../../ui/index.ts'
import { useT } from '../i18n/index.ts'
import { usePage } from './page.ts'
import styles from './ScreenStates.module.css'
import { type Screen, screenTitle } from './screens.ts'

export function ScreenLoading() {
  const t = useT()
  return (
    <div className={styles.loading} role="status" aria-label={t('app.loading')}>
      <Skeleton height={24} width="220px" />
      <Skeleton lines={7} height={18} />
    </div>
  )
}

export function NoAccess() {
  const t = useT()
  return (
    <EmptyState picture={<Lock size={40} strokeWidth={1.4} />} title={t('app.problem.no-access')}>
      {t('app.problem.no-access.help')}
    </EmptyState>
  )
}

/** In the place of a whole screen that this person may not open. */
export function ScreenClosed({ screen }: { readonly screen: Screen['id'] }) {
  const t = useT()
  usePage({ crumbs: [{ label: t(screenTitle(screen)) }] })
  return <NoAccess />
}

export function ScreenMissing() {
  const t = useT()
  return (
    <EmptyState
      picture={<CompassIcon size={40} strokeWidth={1.4} />}
      title={t('app.problem.not-found')}
      action={
        <LinkButton href="/" tone="primary">
          {t('app.back')}
        </LinkButton>
      }
    >
      {t('app.problem.not-found.help')}
    </EmptyState>
  )
}

/**
 * In the place of a screen that could not be fetched. The browser keeps what failed, style sheets above all, so the page is loaded anew,
 * but not before the server answers again.
 */
export function ScreenUnreached({ screen }: { readonly screen: Screen['id'] }) {
  const t = useT()
  usePage({ crumbs: [{ label: t(screenTitle(screen)) }] })
  const again = () =>
    void fetch('/health/ready', { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => undefined,
    )
  return (
    <EmptyState
      picture={<Unplug size={40} strokeWidth={1.4} />}
      title={t('app.problem.title')}
      action={
        <Button tone="primary" onPress={again}>
          {t('app.retry')}
        </Button>
      }
    >
      {t('app.problem.network')}
    </EmptyState>
  )
}

export function ScreenBroken({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const t = useT()
  return (
    <EmptyState
      picture={<Unplug size={40} strokeWidth={1.4} />}
      title={t('app.problem.broken')}
      action={
        <Button tone="primary" onPress={reset}>
          {t('app.retry')}
        </Button>
      }
    >
      {t('app.problem.broken.help')}
      <br />
      <code>{error instanceof Error ? error.message : String(error)}</code>
    </EmptyState>
  )
}
