import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../app/api/index.ts'
import { type Translate, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { fold } from '../../app/shell/fold.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Badge, Button, EmptyState, SearchField, Skeleton } from '../../ui/index.ts'
import { FlowThumbnail } from '../flows/FlowThumbnail.tsx'
import { InstallDialog } from './InstallDialog.tsx'
import styles from './Templates.module.css'
import { type Need, type Template, templatesQuery } from './template-api.ts'

/** Flows to start from: drawing, what it proves, what it needs. */
export function TemplatesScreen() {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const { filters, set } = useFilters()
  const templates = useQuery(templatesQuery)
  const [installing, setInstalling] = useState<Template | null>(null)
  const query = fold((filters.query ?? '').trim())
  const shown = (templates.data?.items ?? []).filter(
    ({ key, flow }) => query === '' || [key, say(flow.name), say(flow.description)].some((text) => fold(text).includes(query)),
  )
  return (
    <ScreenFrame
      isPadded
      head={{ crumbs: [{ label: t('app.screen.templates') }] }}
      title={t('app.screen.templates')}
      lead={t('templates.lead')}
      filters={<SearchField label={t('templates.search')} value={filters.query ?? ''} onChange={(text) => set({ query: text })} />}
    >
      {templates.isError ? (
        <QueryProblem error={templates.error} onRetry={() => void templates.refetch()} />
      ) : templates.isPending ? (
        <Skeleton lines={4} height={80} />
      ) : shown.length === 0 ? (
        <EmptyState title={t('templates.empty')} />
      ) : (
        <ul className={styles.cards} data-testid="templates">
          {shown.map((template) => (
            <li key={template.key} className={styles.card} data-template={template.key}>
              <div className={styles.drawing}>
                <FlowThumbnail flow={template.flow} />
              </div>
              <div className={styles.words}>
                <h2>{say(template.flow.name)}</h2>
                <p>{say(template.flow.description)}</p>
                <Needs needs={template.needs} />
              </div>
              <footer className={styles.foot}>
                <Badge>{t(`templates.source.${template.source}`)}</Badge>
                <span className={styles.quiet}>{t('templates.version', { version: template.version })}</span>
                <span className={styles.quiet}>{t('templates.copies', { count: template.copies })}</span>
                {may('flows.write') && (
                  <Button size="small" icon={<Download size={14} aria-hidden="true" />} onPress={() => setInstalling(template)}>
                    {t('templates.install')}
                  </Button>
                )}
              </footer>
            </li>
          ))}
        </ul>
      )}
      {installing !== null && <InstallDialog template={installing} onClose={() => setInstalling(null)} />}
    </ScreenFrame>
  )
}

export function Needs({ needs }: { readonly needs: readonly Need[] }) {
  const t = useT()
  const format = useFormat()
  if (needs.length === 0) return <p className={styles.quiet}>{t('templates.needs.none')}</p>
  return (
    <p className={styles.quiet} data-testid="needs">
      {t('templates.needs.list', { needs: format.list(needs.map((need) => needWords(need, t))) })}
    </p>
  )
}

function needWords({ kind, name }: Need, t: Translate): string {
  if (kind === 'host') return name === null ? t('templates.need.host.any') : t('templates.need.host', { name })
  return t(`templates.need.${kind}`, { name: name ?? '' })
}
