import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type Message, messagesQuery, useMay, useStream } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { useWords } from '../../app/names/use-words.ts'
import { go } from '../../app/navigate.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import {
  Button,
  type DataColumn,
  DataTable,
  FilterChips,
  isMasked,
  LinkButton,
  MaskedValue,
  SealedText,
  StatusChip,
} from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { NoMatches } from '../empty/NoMatches.tsx'
import styles from './MessagesScreen.module.css'

const states = ['queued', 'sent', 'recorded', 'blocked', 'suppressed', 'failed'] as const
type State = (typeof states)[number]

/** What went out, what waits, and what consent stopped. */
export function MessagesScreen() {
  const t = useT()
  const client = useQueryClient()
  const { filters, set } = useFilters()
  const messages = useInfiniteQuery(messagesQuery({ state: filters.state, customer: filters.customer }))
  const clear = filters.state === undefined && filters.customer === undefined ? null : () => set({ state: undefined, customer: undefined })
  useStream({ topics: ['messages'] }, () => void client.invalidateQueries({ queryKey: ['messages'] }))
  const items = messages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.messages') }] }}
      title={t('app.screen.messages')}
      lead={t('messages.lead')}
      filters={
        <>
          <FilterChips<State>
            label={t('messages.filter')}
            all={t('app.all')}
            value={states.find((state) => state === filters.state) ?? null}
            onChange={(state) => set({ state: state ?? undefined })}
            options={states.map((state) => ({ value: state, label: t(`app.state.${state}`) }))}
          />
          {filters.customer !== undefined && <CustomerName id={filters.customer} />}
          {clear !== null && filters.customer !== undefined && (
            <Button tone="quiet" size="small" onPress={clear}>
              {t('app.clear-filters')}
            </Button>
          )}
        </>
      }
    >
      {messages.isError ? (
        <QueryProblem error={messages.error} onRetry={() => void messages.refetch()} />
      ) : (
        <>
          <MessagesTable messages={items} isLoading={messages.isPending} onClear={clear} />
          {messages.hasNextPage && (
            <div className={styles.more}>
              <Button onPress={() => void messages.fetchNextPage()} isPending={messages.isFetchingNextPage}>
                {t('app.show-more')}
              </Button>
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  )
}

function MessagesTable({
  messages,
  isLoading,
  onClear,
}: {
  readonly messages: readonly Message[]
  readonly isLoading: boolean
  /** Null: nothing is filtered. */
  readonly onClear: (() => void) | null
}) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const builds = useMay()('flows.write')
  const columns: readonly DataColumn<Message>[] = [
    {
      id: 'state',
      title: t('messages.state'),
      width: 150,
      phone: 'aside',
      cell: (message) => (
        <span title={message.state === 'recorded' ? t('messages.recorded.help') : (message.reason ?? undefined)}>
          <StatusChip state={message.state} />
        </span>
      ),
    },
    {
      id: 'customer',
      title: t('messages.customer'),
      isRowHeader: true,
      phone: 'title',
      cell: (message) => <CustomerName id={message.customer} />,
    },
    {
      id: 'text',
      title: t('messages.text'),
      phone: 'line',
      cell: (message) =>
        isMasked(message.text) ? (
          <MaskedValue reason={message.text.$masked} isShort />
        ) : (
          <span className={styles.text}>
            <SealedText text={message.text} />
          </span>
        ),
    },
    { id: 'channel', title: t('messages.channel'), isMinor: true, phone: 'hide', cell: (message) => words.channel(message.channel) },
    {
      id: 'why',
      title: t('messages.why'),
      isMinor: true,
      phone: 'hide',
      cell: (message) => (
        <span className={styles.quiet}>
          {words.scene(message.scene)} · {words.purpose(message.purpose)}
        </span>
      ),
    },
    {
      id: 'when',
      title: t('messages.when'),
      phone: 'line',
      cell: (message) => (
        <span className={styles.when} title={format.exact(message.createdAt)}>
          {format.relative(message.createdAt)}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      label={t('app.screen.messages')}
      columns={columns}
      items={messages}
      keyOf={(message) => message.id}
      nameOf={(message) => message.customer}
      onOpen={(message) => message.run !== null && go(`/runs/${message.run}`)}
      isLoading={isLoading}
      empty={
        onClear !== null ? (
          <NoMatches onClear={onClear} />
        ) : (
          <EmptyList
            kind="messages"
            title={t('messages.empty.title')}
            action={
              builds && (
                <LinkButton href="/templates" tone="primary">
                  {t('empty.to.templates')}
                </LinkButton>
              )
            }
          >
            {t('messages.empty.text')}
          </EmptyList>
        )
      }
    />
  )
}
