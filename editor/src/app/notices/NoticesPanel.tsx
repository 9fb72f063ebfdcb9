import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AtSign, MessageSquareReply, UserRoundCheck } from 'lucide-react'
import type { RefObject } from 'react'
import { Button, cx, PlainLink, Popover } from '../../ui/index.ts'
import { type Notice, noticesQuery, readNotices } from '../api/index.ts'
import { useFormat, useSay, useT } from '../i18n/index.ts'
import styles from './NoticesBell.module.css'

const icons = { mention: AtSign, assigned: UserRoundCheck, answer: MessageSquareReply } as const

/** The notices themselves; following one reads it. Loads with the first press on the bell. */
export function NoticesPanel({ bell, onClose }: { readonly bell: RefObject<HTMLButtonElement | null>; readonly onClose: () => void }) {
  const t = useT()
  const client = useQueryClient()
  const { data } = useQuery(noticesQuery)
  const read = (ids?: readonly string[]) =>
    void readNotices(ids).then(
      () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
      () => undefined,
    )
  return (
    <Popover
      label={t('notices.title')}
      placement="bottom end"
      className={styles.panel}
      triggerRef={bell}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <div data-testid="notices">
        <header className={styles.head}>
          <h2>{t('notices.title')}</h2>
          {data !== undefined && data.unread > 0 && (
            <Button size="small" tone="quiet" onPress={() => read()}>
              {t('notices.read-all')}
            </Button>
          )}
        </header>
        {data === undefined || data.items.length === 0 ? (
          <p className={styles.none}>{t('notices.none')}</p>
        ) : (
          <ul className={styles.list}>
            {data.items.map((notice) => (
              <One
                key={notice.id}
                notice={notice}
                onFollow={() => {
                  if (notice.readAt === null) read([notice.id])
                  onClose()
                }}
              />
            ))}
          </ul>
        )}
      </div>
    </Popover>
  )
}

function One({ notice, onFollow }: { readonly notice: Notice; readonly onFollow: () => void }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const { kind, by, flow, thread, text, at, readAt } = notice
  const Icon = icons[kind]
  return (
    <li>
      <PlainLink
        href={`/flows/${encodeURIComponent(flow.key)}?thread=${encodeURIComponent(thread)}`}
        className={cx(styles.notice, readAt === null && styles.unread)}
        data-kind={kind}
        onClick={onFollow}
      >
        <Icon size={15} aria-hidden="true" />
        <span className={styles.words}>
          <span>
            {readAt === null && <span className="visually-hidden">{t('notices.unread')} </span>}
            {t(`notices.kind.${kind}`, { by, flow: say(flow.name) })}
          </span>
          <span className={styles.text} dir="auto">
            {text ?? t('notices.gone')}
          </span>
          <time className={styles.quiet} dateTime={at} title={format.dateTime(at)}>
            {format.relative(at)}
          </time>
        </span>
      </PlainLink>
    </li>
  )
}
