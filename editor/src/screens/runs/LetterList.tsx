import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useMay } from '../../app/api/index.ts'
import { type DeadLetter, dismissLetter, lettersQuery, redeliverLetter } from '../../app/api/operate.ts'
import { ErrorText } from '../../app/failures/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, cx, Skeleton, ValueView } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import styles from './Operate.module.css'
import { ToRuns } from './ToRuns.tsx'

/** Events that started nothing: each says why, and can be delivered again once that is mended. */
export function LetterList() {
  const t = useT()
  const found = useQuery(lettersQuery)
  if (found.isError) return <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton />
  if (found.data.items.length === 0) {
    return (
      <EmptyList kind="letters" title={t('operate.letters.none')} action={<ToRuns />}>
        {t('operate.letters.none.text')}
      </EmptyList>
    )
  }
  return (
    <div className={styles.cards}>
      {found.data.items.map((letter) => (
        <Letter key={letter.id} letter={letter} />
      ))}
    </div>
  )
}

function Letter({ letter }: { readonly letter: DeadLetter }) {
  const t = useT()
  const format = useFormat()
  const flowName = useFlowName()
  const mayAct = useMay()('runs.act')
  const refresh = [['dead-letters'], ['runs']]
  const again = useAct(redeliverLetter, { done: ({ runs }) => t('operate.letters.delivered', { count: runs.length }), refresh })
  const away = useAct(dismissLetter, { done: () => t('operate.letters.dismissed'), refresh })
  return (
    <article className={cx(styles.card, styles.letter)} data-testid="letter">
      <header>
        <h3>{letter.type}</h3>
        <span className={styles.quiet} title={format.exact(letter.at)}>
          {format.relative(letter.at)}
        </span>
        {letter.subject !== null && <CustomerName id={letter.subject} />}
      </header>
      <p>{t(`operate.letters.reason.${letter.reason}`, { flow: letter.flow === null ? '' : flowName(letter.flow) })}</p>
      {letter.reason === 'failed' && letter.code !== null && <ErrorText error={{ code: letter.code, message: '' }} />}
      <details>
        <summary>{t('operate.letters.content')}</summary>
        <ValueView value={letter.content} />
      </details>
      {mayAct && (
        <div className={styles.actions}>
          <Button
            size="small"
            icon={<RotateCw size={14} aria-hidden="true" />}
            isPending={again.isPending}
            onPress={() => again.mutate(letter.id)}
          >
            {t('operate.letters.redeliver')}
          </Button>
          <Button size="small" tone="quiet" isPending={away.isPending} onPress={() => away.mutate(letter.id)}>
            {t('operate.letters.dismiss')}
          </Button>
        </div>
      )}
    </article>
  )
}
