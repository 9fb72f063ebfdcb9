import type { FlowDefinition } from '@sluice/flows'
import { useQuery } from '@tanstack/react-query'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useSay, useT } from '../../app/i18n/index.ts'
import { Skeleton } from '../../ui/index.ts'
import { FlowThumbnail } from './FlowThumbnail.tsx'
import styles from './NewFlowDialog.module.css'
import { loadTemplates } from './templates.ts'

export function TemplateCards({
  chosen,
  onChoose,
}: {
  readonly chosen: string | null
  readonly onChoose: (flow: FlowDefinition | null) => void
}) {
  const t = useT()
  const say = useSay()
  const templates = useQuery({ queryKey: ['templates'], queryFn: loadTemplates, staleTime: Number.POSITIVE_INFINITY })
  if (templates.isPending) return <Skeleton lines={3} height={28} />
  return (
    <ListBox
      aria-label={t('flows.way.template')}
      layout="grid"
      selectionMode="single"
      className={styles.cards ?? ''}
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => onChoose(templates.data?.find((flow) => flow.key === [...keys][0]) ?? null)}
      renderEmptyState={() => t('flows.templates.none')}
    >
      {(templates.data ?? []).map((flow) => (
        <ListBoxItem key={flow.key} id={flow.key} textValue={say(flow.name)} className={styles.card ?? ''}>
          <div className={styles.drawing}>
            <FlowThumbnail flow={flow} />
          </div>
          <div className={styles.words}>
            <strong>{say(flow.name)}</strong>
            <p>{say(flow.description) || t('flows.steps', { count: flow.nodes.length })}</p>
          </div>
        </ListBoxItem>
      ))}
    </ListBox>
  )
}
