import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { Badge, IconButton } from '../../ui/index.ts'
import styles from './DataPane.module.css'
import { DataTree, Shown } from './DataTree.tsx'
import { useScope } from './scope-context.ts'
import { typeOf } from './type-of.ts'

/** Which real run the data beside the form comes from. */
export function SampleBar() {
  const t = useT()
  const format = useFormat()
  const { source, index, count, at, go } = useScope()
  return (
    <div className={styles.bar}>
      <span className={styles.source}>
        {source === 'run' && at !== null ? t('inspect.data.from-run', { time: format.relative(at) }) : t(`inspect.data.source.${source}`)}
      </span>
      {count > 0 && (
        <span className={styles.steps}>
          <IconButton
            size="small"
            label={t('inspect.data.newer')}
            icon={<ChevronLeft size={14} aria-hidden="true" />}
            isDisabled={index === 0}
            onPress={() => go(-1)}
          />
          {t('inspect.data.position', { position: index + 1, count })}
          <IconButton
            size="small"
            label={t('inspect.data.older')}
            icon={<ChevronRight size={14} aria-hidden="true" />}
            isDisabled={index >= count - 1}
            onPress={() => go(1)}
          />
        </span>
      )}
    </div>
  )
}

/** Input on top, output below, both from the same real run (EDITOR.md §7.2). */
export function DataPane() {
  const t = useT()
  const { scope, outputs, why } = useScope()
  if (scope === null) return <p className={styles.none}>{t('inspect.data.none')}</p>
  return (
    <div className={styles.pane} data-testid="data-pane">
      <SampleBar />
      <h4 className={styles.heading}>{t('inspect.data.input')}</h4>
      <Tree value={scope.input} root={['input']} />
      {outputs.map(({ port, data }) => (
        <div key={port}>
          <h4 className={styles.heading}>
            {t('inspect.data.output')} <Badge tone="neutral">{port}</Badge>
          </h4>
          <Tree value={data} root={['output']} />
        </div>
      ))}
      {outputs.length === 0 && (
        <>
          <h4 className={styles.heading}>{t('inspect.data.output')}</h4>
          <p className={styles.none}>{t('inspect.data.no-output')}</p>
        </>
      )}
      {why !== null && (
        <>
          <h4 className={styles.heading}>{t('inspect.data.why')}</h4>
          <Tree value={why} root={['why']} />
        </>
      )}
      <h4 className={styles.heading}>{t('inspect.data.event')}</h4>
      <DataTree value={scope.event} root={['event']} opened={1} />
    </div>
  )
}

function Tree({ value, root }: { readonly value: unknown; readonly root: readonly string[] }) {
  const type = typeOf(value)
  if (type !== 'object' && type !== 'array') {
    return (
      <p className={styles.plain}>
        <Shown value={value} />
      </p>
    )
  }
  return <DataTree value={value} root={root} opened={3} />
}
