import { useQuery } from '@tanstack/react-query'
import { api, type Page } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Card, Switch } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

interface SwitchView {
  readonly name: string
  readonly on: boolean
  readonly by: string | null
  readonly at: string | null
}

/** Rules that hold in every flow at once, and who turned them last. */
export function Switches({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'switches'],
    queryFn: ({ signal }) => api.get<Page<SwitchView>>('/approvals/switches', undefined, signal),
  })
  const turn = useAct((on: boolean) => api.put<SwitchView>('/approvals/switches/dual-track', { on }), {
    done: ({ on }) => t(on ? 'settings.dual-track.is-on' : 'settings.dual-track.is-off'),
    refresh: [['settings', 'switches']],
  })
  const dual = data?.items.find(({ name }) => name === 'dual-track')
  return (
    <Card title={t('settings.switches')}>
      <div className={styles.form}>
        {error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
        {dual !== undefined && (
          <div data-testid="dual-track">
            <Switch isSelected={dual.on} isDisabled={!mayWrite || turn.isPending} onChange={(on) => turn.mutate(on)}>
              {t('settings.dual-track')}
            </Switch>
            <p>{t('settings.dual-track.text')}</p>
            {dual.by !== null && dual.at !== null && (
              <p>{t('settings.dual-track.last', { when: format.relative(dual.at), person: personName(dual.by) })}</p>
            )}
          </div>
        )}
      </div>
    </Card>
  )
}
