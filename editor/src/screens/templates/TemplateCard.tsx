import { Archive, ArrowUpFromLine, Download, Ellipsis } from 'lucide-react'
import { useMay } from '../../app/api/index.ts'
import { type Translate, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { Badge, Button, IconButton, Menu } from '../../ui/index.ts'
import { FlowThumbnail } from '../flows/FlowThumbnail.tsx'
import { Baseline } from './Baseline.tsx'
import styles from './Templates.module.css'
import type { Need, Template } from './template-api.ts'

/** Drawing, what it proves, what it needs; for who may, what can be done with it. */
export function TemplateCard({
  template,
  onInstall,
  onPublish,
  onRetire,
}: {
  readonly template: Template
  readonly onInstall: () => void
  readonly onPublish: () => void
  readonly onRetire: () => void
}) {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const name = say(template.flow.name)
  const icon = { size: 14, 'aria-hidden': true } as const
  return (
    <li className={styles.card} data-template={template.key}>
      <div className={styles.drawing}>
        <FlowThumbnail flow={template.flow} />
      </div>
      <div className={styles.words}>
        <h2>{name}</h2>
        <p>{say(template.flow.description)}</p>
        <Needs needs={template.needs} />
        <Baseline template={template.key} />
      </div>
      <footer className={styles.foot}>
        <Badge>{t(`templates.source.${template.source}`)}</Badge>
        <span className={styles.quiet}>{t('templates.version', { version: template.version })}</span>
        <span className={styles.quiet}>{t('templates.copies', { count: template.copies })}</span>
        <span className={styles.acts}>
          {may('settings.write') && template.source === 'workspace' && (
            <Menu
              label={t('app.actions-for', { name })}
              placement="bottom end"
              trigger={<IconButton label={t('app.actions-for', { name })} icon={<Ellipsis size={16} aria-hidden="true" />} size="small" />}
              groups={[
                {
                  id: 'version',
                  entries: [
                    { id: 'version', label: t('templates.publish.again'), icon: <ArrowUpFromLine {...icon} />, onAction: onPublish },
                  ],
                },
                {
                  id: 'retire',
                  entries: [
                    { id: 'retire', label: t('templates.retire'), icon: <Archive {...icon} />, isDanger: true, onAction: onRetire },
                  ],
                },
              ]}
            />
          )}
          {may('flows.write') && (
            <Button size="small" icon={<Download {...icon} />} onPress={onInstall}>
              {t('templates.install')}
            </Button>
          )}
        </span>
      </footer>
    </li>
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
