import { useQuery } from '@tanstack/react-query'
import { LayoutTemplate } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useMay } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { needTexts, translate, useSay, useT } from '../../app/i18n/index.ts'
import { useFits } from '../../app/pinyin/use-fits.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { useFilters } from '../../app/use-filters.ts'
import { Button, ConfirmDialog, EmptyState, LinkButton, SearchField, Skeleton } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { InstallDialog } from './InstallDialog.tsx'
import { TemplateCard } from './TemplateCard.tsx'
import styles from './Templates.module.css'
import { retireTemplate, type Template, templatesQuery } from './template-api.ts'

const PublishWizard = lazy(async () => {
  const [wizard] = await Promise.all([import('./publish/PublishWizard.tsx'), needTexts('templateWizard')])
  return { default: wizard.PublishWizard }
})

/** Flows to start from: drawing, what it proves, what it needs. */
export function TemplatesScreen() {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const { filters, set } = useFilters()
  const templates = useQuery(templatesQuery)
  const [installing, setInstalling] = useState<Template | null>(null)
  const [publishing, setPublishing] = useState<{ readonly template?: Template } | null>(null)
  const [retiring, setRetiring] = useState<Template | null>(null)
  const mayPublish = may('settings.write')
  const retire = useAct(({ key }: Template) => retireTemplate(key), {
    refresh: [['templates']],
    done: (_, { flow }) => translate('templates.retired', { name: say(flow.name) }),
    onDone: () => setRetiring(null),
  })
  useCommands(
    mayPublish
      ? [{ id: 'templates.publish', title: () => translate('templates.publish.open'), scope: 'app', run: () => setPublishing({}) }]
      : [],
  )
  const fits = useFits(filters.query ?? '')
  const shown = (templates.data?.items ?? []).filter(({ key, flow }) => fits(key, say(flow.name), say(flow.description)))
  return (
    <ScreenFrame
      isPadded
      head={{ crumbs: [{ label: t('app.screen.templates') }] }}
      title={t('app.screen.templates')}
      lead={t('templates.lead')}
      actions={
        mayPublish && (
          <Button tone="primary" icon={<LayoutTemplate size={16} aria-hidden="true" />} onPress={() => setPublishing({})}>
            {t('templates.publish.open')}
          </Button>
        )
      }
      filters={<SearchField label={t('templates.search')} value={filters.query ?? ''} onChange={(text) => set({ query: text })} />}
    >
      {templates.isError ? (
        <QueryProblem error={templates.error} onRetry={() => void templates.refetch()} />
      ) : templates.isPending ? (
        <Skeleton lines={4} height={80} />
      ) : shown.length === 0 ? (
        (filters.query ?? '') !== '' ? (
          <EmptyState title={t('app.no-matches')} action={<Button onPress={() => set({ query: undefined })}>{t('app.clear')}</Button>} />
        ) : (
          <EmptyList
            kind="templates"
            title={t('templates.empty')}
            action={
              <LinkButton href="/flows" tone="primary">
                {t('empty.to.flows')}
              </LinkButton>
            }
          />
        )
      ) : (
        <ul className={styles.cards} data-testid="templates">
          {shown.map((template) => (
            <TemplateCard
              key={template.key}
              template={template}
              onInstall={() => setInstalling(template)}
              onPublish={() => setPublishing({ template })}
              onRetire={() => setRetiring(template)}
            />
          ))}
        </ul>
      )}
      {publishing !== null && (
        <Suspense fallback={null}>
          <PublishWizard {...publishing} onClose={() => setPublishing(null)} />
        </Suspense>
      )}
      <ConfirmDialog
        isOpen={retiring !== null}
        title={t('templates.retire.title', { name: say(retiring?.flow.name) })}
        action={t('templates.retire.submit')}
        isPending={retire.isPending}
        onClose={() => setRetiring(null)}
        onConfirm={() => retiring !== null && retire.mutate(retiring)}
      >
        {t('templates.retire.text', { count: retiring?.copies ?? 0 })}
      </ConfirmDialog>
      {installing !== null && <InstallDialog template={installing} onClose={() => setInstalling(null)} />}
    </ScreenFrame>
  )
}
