import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type RetentionView, retentionQuery, setRetention } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Card, NumberField } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** How long ended runs stay; the limits are the server's. */
export function KeptRuns({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useT()
  const { data, error, refetch } = useQuery(retentionQuery)
  return (
    <Card title={t('settings.kept')}>
      <div className={styles.form}>
        <p>{t('settings.kept.text')}</p>
        {error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <KeptForm key={`${data.runDays}/${data.runsMax}`} kept={data} mayWrite={mayWrite} />}
      </div>
    </Card>
  )
}

function KeptForm({ kept, mayWrite }: { readonly kept: RetentionView; readonly mayWrite: boolean }) {
  const t = useT()
  const [runDays, setRunDays] = useState(kept.runDays)
  const [runsMax, setRunsMax] = useState(kept.runsMax)
  const save = useAct(setRetention, { done: () => t('settings.kept.saved'), refresh: [['settings', 'retention']] })
  const isChanged = runDays !== kept.runDays || runsMax !== kept.runsMax
  return (
    <>
      <NumberField
        label={t('settings.kept.days')}
        value={runDays}
        onChange={setRunDays}
        minValue={1}
        maxValue={3_650}
        isDisabled={!mayWrite}
      />
      <NumberField
        label={t('settings.kept.max')}
        value={runsMax}
        onChange={setRunsMax}
        minValue={1_000}
        maxValue={100_000_000}
        step={1_000}
        isDisabled={!mayWrite}
      />
      <p>{t('settings.kept.stored', { count: kept.stored.runs })}</p>
      {mayWrite && (
        <Button tone="primary" isDisabled={!isChanged} isPending={save.isPending} onPress={() => save.mutate({ runDays, runsMax })}>
          {t('settings.kept.save')}
        </Button>
      )}
    </>
  )
}
