import { useFormat, useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { Carried } from '../../app/permits/carried.ts'
import { Facts, ValueView } from '../../ui/index.ts'
import type { ReceiptContent } from './receipt-content.ts'
import { useScopeWords } from './scope-words.ts'

const kept = ['consent_evidence', 'contract_and_tax_records', 'suppression_entry'] as const
type Kept = (typeof kept)[number]

function isKept(name: string): name is Kept {
  return kept.some((each) => each === name)
}

/** The receipt as a person reads it; one of another make shows what it holds. */
export function ReceiptView({ content }: { readonly content: ReceiptContent }) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const scopeWords = useScopeWords()
  const { ended, stopped, escaped, kept: names } = content
  if (ended === undefined || stopped === undefined) return <ValueView value={content} />
  const when = (instant: string | null | undefined) => (typeof instant === 'string' ? format.exact(instant) : '—')
  const counts = (['runs', 'timers', 'messages', 'tasks'] as const).map(
    (part) => `${format.number(stopped[part] ?? 0)} ${t(`withdrawals.stopped.${part}`)}`,
  )
  return (
    <Facts
      items={[
        { name: t('withdrawals.receipt.number'), value: <code>{content.withdrawal}</code> },
        { name: t('withdrawals.customer'), value: <code>{content.customer}</code> },
        {
          name: t('withdrawals.receipt.ended'),
          value: scopeWords({
            kind: content.kind ?? 'cell',
            cells: ended,
            scope: { session: content.session ?? null, categories: content.categories ?? [] },
          }),
        },
        { name: t('withdrawals.received'), value: when(content.receivedAt) },
        { name: t('withdrawals.fenced'), value: when(content.fencedAt) },
        { name: t('withdrawals.completed'), value: when(content.completedAt) },
        { name: t('withdrawals.epoch'), value: format.number(content.epoch ?? 0) },
        { name: t('withdrawals.stopped'), value: format.list(counts) },
        {
          name: t('withdrawals.escaped'),
          value:
            escaped === undefined || escaped.length === 0
              ? t('app.none')
              : escaped.map((each) => (
                  <div key={each.effect}>
                    {words.scene(each.scene)} {when(each.dispatchedAt)}{' '}
                    <Carried recipient={each.recipient ?? null} categories={each.categories ?? []} />
                  </div>
                )),
        },
        {
          name: t('withdrawals.receipt.kept'),
          value: format.list((names ?? []).map((name) => (isKept(name) ? t(`withdrawals.kept.${name}`) : name))),
        },
      ]}
    />
  )
}
