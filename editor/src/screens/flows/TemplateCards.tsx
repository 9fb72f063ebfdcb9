import { useQuery } from '@tanstack/react-query'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useSay, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { Skeleton } from '../../ui/index.ts'
import { type Template, templatesQuery } from '../templates/template-api.ts'
import { FlowThumbnail } from './FlowThumbnail.tsx'
import styles from './NewFlowDialog.module.css'

export function TemplateCards({
  chosen,
  onChoose,
}: {
  readonly chosen: string | null
  readonly onChoose: (template: Template | null) => void
}) {
  const t = useT()
  const say = useSay()
  const templates = useQuery(templatesQuery)
  if (templates.isError) return <QueryProblem error={templates.error} onRetry={() => void templates.refetch()} />
  if (templates.isPending) return <Skeleton lines={3} height={28} />
  return (
    <ListBox
      aria-label={t('flows.way.template')}
      layout="grid"
      selectionMode="single"
      className={styles.cards ?? ''}
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => onChoose(templates.data.items.find(({ key }) => key === [...keys][0]) ?? null)}
      renderEmptyState={() => t('flows.templates.none')}
    >
      {templates.data.items.map(({ key, flow }) => (
        <ListBoxItem key={key} id={key} textValue={say(flow.name)} className={styles.card ?? ''}>
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
