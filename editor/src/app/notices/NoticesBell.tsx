import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AtSign, Bell, MessageSquareReply, UserRoundCheck } from 'lucide-react'
import { Button, cx, IconButton, PlainLink, Popover, PopoverTrigger } from '../../ui/index.ts'
import { type Notice, noticesQuery, readNotices } from '../api/index.ts'
import { useFormat, useSay, useT } from '../i18n/index.ts'
import styles from './NoticesBell.module.css'

const icons = { mention: AtSign, assigned: UserRoundCheck, answer: MessageSquareReply } as const
const countMax = 99

/** What other people want one to see. The number is what is unread; following a notice reads it. */
export function NoticesBell() {
  const t = useT()
  const format = useFormat()
  const client = useQueryClient()
  const { data } = useQuery(noticesQuery)
  const unread = data?.unread ?? 0
  const read = (ids?: readonly string[]) =>
    void readNotices(ids).then(
      () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
      () => undefined,
    )
  const shown = unread > countMax ? `${countMax}+` : format.number(unread)
  return (
    <span className={styles.bell} data-unread={unread > 0 ? shown : undefined}>
      <PopoverTrigger>
        <IconButton label={t('notices.open', { count: unread })} icon={<Bell size={16} aria-hidden="true" />} data-testid="notices-bell" />
        <Popover label={t('notices.title')} placement="bottom end" className={styles.panel}>
          {(close) => (
            <div data-testid="notices">
              <header className={styles.head}>
                <h2>{t('notices.title')}</h2>
                {unread > 0 && (
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
                        close()
                      }}
                    />
                  ))}
                </ul>
              )}
            </div>
          )}
        </Popover>
      </PopoverTrigger>
    </span>
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
