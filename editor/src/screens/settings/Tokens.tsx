import { useQuery } from '@tanstack/react-query'
import { Copy, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type ApiToken, revokeToken, tokensQuery } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Card, ConfirmDialog, toast } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

const NewToken = lazy(async () => ({ default: (await import('./NewToken.tsx')).NewToken }))

/** Keys for machines. A token is shown once. */
export function Tokens() {
  const t = useT()
  const tokens = useQuery(tokensQuery)
  const [isNew, openNew] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<ApiToken | null>(null)
  const revoke = useAct(revokeToken, {
    done: () => t('settings.tokens.revoked'),
    refresh: [['tokens']],
    onDone: () => {
      if (leaving !== null && secret?.startsWith(leaving.prefix) === true) setSecret(null)
      setLeaving(null)
    },
  })
  if (tokens.isError) return <QueryProblem error={tokens.error} onRetry={() => void tokens.refetch()} />
  if (tokens.isPending) return <ScreenLoading />
  const items = tokens.data.items
  return (
    <>
      <p className={styles.lead}>{t('settings.tokens.lead')}</p>
      {secret !== null && <Secret token={secret} />}
      <Card
        title={t('settings.tokens')}
        aside={
          <Button size="small" tone="primary" icon={<Plus size={14} aria-hidden="true" />} onPress={() => openNew(true)}>
            {t('settings.tokens.add')}
          </Button>
        }
        isFlush
      >
        {items.length === 0 && <p className={styles.nothing}>{t('settings.tokens.none')}</p>}
        <ul>
          {items.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setLeaving(token)} />
          ))}
        </ul>
      </Card>
      <Suspense fallback={null}>
        {isNew && (
          <NewToken
            onClose={() => openNew(false)}
            onMade={(made) => {
              setSecret(made)
              openNew(false)
            }}
          />
        )}
      </Suspense>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('settings.tokens.revoke.title', { name: leaving?.name ?? '' })}
        action={t('settings.tokens.revoke')}
        isPending={revoke.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && revoke.mutate(leaving.id)}
      >
        {t('settings.tokens.revoke.text')}
      </ConfirmDialog>
    </>
  )
}

function TokenRow({ token, onRevoke }: { readonly token: ApiToken; readonly onRevoke: () => void }) {
  const t = useT()
  const format = useFormat()
  const roleName = useRoleName()
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <strong>{token.name}</strong>
        <span className={styles.quiet}>
          <code>{token.prefix}…</code> · {t('settings.tokens.made', { when: format.date(token.createdAt) })}
          {token.expiresAt !== null && ` · ${t('settings.tokens.expires', { when: format.date(token.expiresAt) })}`}
        </span>
      </div>
      <div className={styles.badges}>
        {token.roles.map((role) => (
          <Badge key={role}>{roleName(role)}</Badge>
        ))}
        {token.revokedAt === null ? (
          <Button size="small" tone="danger" onPress={onRevoke}>
            {t('settings.tokens.revoke')}
          </Button>
        ) : (
          <Badge tone="skipped">{t('settings.tokens.is-revoked')}</Badge>
        )}
      </div>
    </li>
  )
}

function Secret({ token }: { readonly token: string }) {
  const t = useT()
  return (
    <div className={styles.secret} role="status">
      <strong>{t('settings.tokens.once')}</strong>
      <code>{token}</code>
      <div>
        <Button
          size="small"
          icon={<Copy size={14} aria-hidden="true" />}
          onPress={() => void navigator.clipboard.writeText(token).then(() => toast({ tone: 'ok', title: t('app.copied') }))}
        >
          {t('app.copy')}
        </Button>
      </div>
    </div>
  )
}
