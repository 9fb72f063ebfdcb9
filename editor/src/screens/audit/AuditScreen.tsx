import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { BadgeCheck, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { type AuditEntry, type AuditVerdict, auditQuery, verifyAudit } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { useValueWords } from '../../app/names/use-value-words.ts'
import { purposeNames, useWords } from '../../app/names/use-words.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { sayProblem } from '../../app/shell/use-act.ts'
import { useFilters } from '../../app/use-filters.ts'
import { Button, cx, type DataColumn, DataTable, Dialog, LinkButton, Select, TextField, ValueView } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { NoMatches } from '../empty/NoMatches.tsx'
import { FlowFilter } from '../runs/FlowFilter.tsx'
import styles from './AuditScreen.module.css'
import { useAboutWords } from './about-words.ts'
import { knownKinds, useKindWords } from './kind-words.ts'

/** The log that cannot be changed unseen, and the button that proves it. */
export function AuditScreen() {
  const t = useT()
  const { filters, set } = useFilters()
  const { kind, customer, actor, purpose, flow, record } = filters
  const wanted = { kind, customer, actor, purpose, flow, record }
  const audit = useInfiniteQuery(auditQuery(wanted))
  const verify = useMutation({ mutationFn: verifyAudit, onError: sayProblem })
  const items = audit.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = Object.values(wanted).some((value) => value !== undefined)
  const clear = () =>
    set({ kind: undefined, customer: undefined, actor: undefined, purpose: undefined, flow: undefined, record: undefined })
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.audit') }] }}
      title={t('app.screen.audit')}
      lead={t('audit.lead')}
      actions={
        <Button icon={<BadgeCheck size={15} aria-hidden="true" />} onPress={() => verify.mutate()} isPending={verify.isPending}>
          {t('audit.verify')}
        </Button>
      }
      filters={<AuditFilterBar key={isFiltered ? 'on' : 'off'} filters={wanted} onChange={set} onClear={isFiltered ? clear : null} />}
    >
      {verify.data !== undefined && <Verdict verdict={verify.data} />}
      {audit.isError ? (
        <QueryProblem error={audit.error} onRetry={() => void audit.refetch()} />
      ) : (
        <>
          <AuditTable entries={items} isLoading={audit.isPending} isFiltered={isFiltered} onClear={clear} />
          {audit.hasNextPage && (
            <div className={styles.more}>
              <Button onPress={() => void audit.fetchNextPage()} isPending={audit.isFetchingNextPage}>
                {t('app.show-more')}
              </Button>
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  )
}

const any = 'any'

type Wanted = Readonly<Record<'kind' | 'customer' | 'actor' | 'purpose' | 'flow' | 'record', string | undefined>>

/** Filters apply with Enter or on leaving the field; the log may be long. */
function AuditFilterBar({
  filters,
  onChange,
  onClear,
}: {
  readonly filters: Wanted
  readonly onChange: (patch: Partial<Wanted>) => void
  readonly onClear: (() => void) | null
}) {
  const t = useT()
  const [text, setText] = useState(filters)
  const kindWords = useKindWords()
  const { purpose } = useWords()
  const apply = () => onChange({ customer: text.customer?.trim(), actor: text.actor?.trim() })
  return (
    <form
      className={styles.filters}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Select
        aria-label={t('audit.filter.kind')}
        value={filters.kind ?? any}
        onChange={(kind) => onChange({ kind: kind === any ? undefined : kind })}
        options={[
          { value: any, label: t('audit.filter.kind.any') },
          ...knownKinds.map((kind) => ({ value: kind, label: kindWords(kind) })),
        ]}
      />
      {(['customer', 'actor'] as const).map((name) => (
        <TextField
          key={name}
          aria-label={t(`audit.filter.${name}`)}
          placeholder={t(`audit.filter.${name}`)}
          className={styles.filter}
          value={text[name] ?? ''}
          onChange={(value) => setText({ ...text, [name]: value })}
          onBlur={apply}
        />
      ))}
      <Select
        aria-label={t('audit.filter.purpose')}
        value={filters.purpose ?? any}
        onChange={(chosen) => onChange({ purpose: chosen === any ? undefined : chosen })}
        options={[
          { value: any, label: t('audit.filter.purpose.any') },
          ...purposeNames.map((name) => ({ value: name, label: purpose(name) })),
        ]}
      />
      <FlowFilter value={filters.flow ?? null} onChange={(flow) => onChange({ flow })} isCompact={false} />
      <button type="submit" className="visually-hidden">
        {t('app.search')}
      </button>
      {onClear !== null && (
        <Button tone="quiet" size="small" onPress={onClear}>
          {t('app.clear-filters')}
        </Button>
      )}
    </form>
  )
}

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
  const t = useT()
  const Icon = verdict.ok ? ShieldCheck : ShieldAlert
  return (
    <div className={cx(styles.verdict, !verdict.ok && styles.broken)} role="status">
      <Icon size={18} aria-hidden="true" />
      <span>
        <strong>
          {verdict.ok
            ? t('audit.verify.ok', { count: verdict.checked })
            : t('audit.verify.broken', { where: verdict.bad?.where ?? '', why: verdict.bad?.why ?? '' })}
        </strong>
        <code className={styles.hash}>{t('audit.verified.head', { hash: verdict.root.slice(0, 24) })}</code>
      </span>
    </div>
  )
}

function AuditTable({
  entries,
  isLoading,
  isFiltered,
  onClear,
}: {
  readonly entries: readonly AuditEntry[]
  readonly isLoading: boolean
  readonly isFiltered: boolean
  readonly onClear: () => void
}) {
  const t = useT()
  const format = useFormat()
  const kindWords = useKindWords()
  const aboutWords = useAboutWords()
  const actorName = useActorName()
  const flowName = useFlowName()
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const columns: readonly DataColumn<AuditEntry>[] = [
    {
      id: 'seq',
      title: t('audit.seq'),
      align: 'end',
      width: 80,
      phone: 'hide',
      cell: (entry) => <span className={styles.quiet}>{entry.seq}</span>,
    },
    {
      id: 'at',
      title: t('audit.at'),
      width: 200,
      phone: 'line',
      cell: (entry) => <span title={format.relative(entry.at)}>{format.exact(entry.at)}</span>,
    },
    { id: 'kind', title: t('audit.kind'), isRowHeader: true, phone: 'title', cell: (entry) => kindWords(entry.kind) },
    { id: 'actor', title: t('audit.actor'), phone: 'line', cell: (entry) => actorName(entry.actor) },
    {
      id: 'refs',
      title: t('audit.refs'),
      phone: 'line',
      cell: (entry) => (
        <span className={styles.refs}>
          {Object.entries(entry.refs).map(([name, value]) => (
            <span key={name}>
              {aboutWords(name)} {name === 'flow' ? flowName(value) : <Ref name={name} value={value} />}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'hash',
      title: t('audit.hash'),
      isMinor: true,
      phone: 'hide',
      cell: (entry) => <code className={styles.quiet}>{entry.entryHash.slice(0, 10)}</code>,
    },
  ]
  return (
    <>
      <DataTable
        label={t('app.screen.audit')}
        columns={columns}
        items={entries}
        keyOf={(entry) => String(entry.seq)}
        nameOf={(entry) => `${entry.seq} ${kindWords(entry.kind)}`}
        onOpen={setOpen}
        isLoading={isLoading}
        empty={
          isFiltered ? (
            <NoMatches onClear={onClear}>{t('audit.none-match')}</NoMatches>
          ) : (
            <EmptyList
              kind="audit"
              title={t('audit.empty.title')}
              action={
                <LinkButton href="/settings/profile" tone="primary">
                  {t('app.screen.settings')}
                </LinkButton>
              }
            >
              {t('audit.empty.text')}
            </EmptyList>
          )
        }
      />
      <Dialog isOpen={open !== null} onClose={() => setOpen(null)} title={open === null ? '' : kindWords(open.kind)}>
        <ValueView value={open} labelOf={aboutWords} />
      </Dialog>
    </>
  )
}

function useActorName(): (actor: AuditEntry['actor']) => string {
  const t = useT()
  const personName = usePersonName()
  return ({ kind, id }) => {
    if (kind === 'system') return t('audit.actor.system')
    if (kind === 'run' || kind === 'flow') return t('audit.actor.flow')
    if (kind === 'token') return `${t('audit.actor.token')} · ${id}`
    return personName(id)
  }
}

const states = ['completed', 'completed_late', 'partial', 'active', 'draft'] as const

/** What has a word or a name by that, an id as it is, cut where the column is. */
function Ref({ name, value }: { readonly name: string; readonly value: string }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const { channel, purpose } = useWords()
  const aboutWords = useAboutWords()
  const valueWords = useValueWords()
  const state = states.find((each) => each === value)
  const word =
    name === 'channel'
      ? channel(value)
      : name === 'purpose'
        ? format.list(value.split(',').map(purpose))
        : name === 'person'
          ? personName(value)
          : name === 'kind'
            ? aboutWords(value)
            : name === 'state' && state !== undefined
              ? t(`app.state.${state}`)
              : valueWords(value)
  return word === value ? <code>{value.length > 18 ? `${value.slice(0, 16)}…` : value}</code> : word
}
