import { ChevronLeft, ChevronRight, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { RevealProvider } from '../../app/reveal/RevealProvider.tsx'
import { Badge, IconButton, Segments } from '../../ui/index.ts'
import styles from './DataPane.module.css'
import { DataTree, Shown } from './DataTree.tsx'
import { KeptOutputs } from './KeptOutputs.tsx'
import { useScope } from './scope-context.ts'
import { typeOf } from './type-of.ts'

/** Which real run the data beside the form comes from. */
export function SampleBar() {
  const t = useT()
  const format = useFormat()
  const { source, index, count, at, go, isPinned, pin, misfits, kept } = useScope()
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
          {isPinned ? t('inspect.data.pinned') : t('inspect.data.position', { position: index + 1, count })}
          <IconButton
            size="small"
            label={t('inspect.data.older')}
            icon={<ChevronRight size={14} aria-hidden="true" />}
            isDisabled={index >= count - 1}
            onPress={() => go(1)}
          />
          {pin !== null && (
            <IconButton
              size="small"
              label={t(isPinned ? 'inspect.data.unpin' : 'inspect.data.pin')}
              icon={isPinned ? <PinOff size={13} aria-hidden="true" /> : <Pin size={13} aria-hidden="true" />}
              isChosen={isPinned}
              onPress={() => pin(!isPinned)}
            />
          )}
        </span>
      )}
      {kept.length > 0 && <KeptOutputs steps={kept} />}
      {misfits.length > 0 && <span className={styles.misfit}>{t('inspect.data.misfit', { places: misfits.slice(0, 5).join(', ') })}</span>}
    </div>
  )
}

/** Input on top, output below, both from the same real run (EDITOR.md §7.2). */
export function DataPane() {
  const t = useT()
  const { scope, outputs, why } = useScope()
  const [view, setView] = useState<View>('tree')
  if (scope === null) return <p className={styles.none}>{t('inspect.data.none')}</p>
  return (
    <RevealProvider>
      <div className={styles.pane} data-testid="data-pane">
        <SampleBar />
        <Segments
          label={t('inspect.data.view')}
          value={view}
          options={views.map((value) => ({ value, label: t(`inspect.data.view.${value}`) }))}
          onChange={setView}
        />
        <h4 className={styles.heading}>{t('inspect.data.input')}</h4>
        <Data view={view} value={scope.input} root={['input']} />
        {outputs.map(({ port, data }) => (
          <div key={port}>
            <h4 className={styles.heading}>
              {t('inspect.data.output')} <Badge tone="neutral">{port}</Badge>
            </h4>
            <Data view={view} value={data} root={['output']} />
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
            <Data view="tree" value={why} root={['why']} />
          </>
        )}
        <h4 className={styles.heading}>{t('inspect.data.event')}</h4>
        <DataTree value={scope.event} root={['event']} opened={1} />
      </div>
    </RevealProvider>
  )
}

const views = ['tree', 'table', 'json'] as const
type View = (typeof views)[number]
const tableRowsMax = 50

function Data({ value, root, view }: { readonly value: unknown; readonly root: readonly string[]; readonly view: View }) {
  const type = typeOf(value)
  if (view === 'json') return <pre className={styles.json}>{JSON.stringify(value, null, 2) ?? '∅'}</pre>
  if (type !== 'object' && type !== 'array') {
    return (
      <p className={styles.plain}>
        <Shown value={value} />
      </p>
    )
  }
  return view === 'table' ? <Table value={value} /> : <DataTree value={value} root={root} opened={3} />
}

/** A list of objects as rows, an object as names and values. */
function Table({ value }: { readonly value: unknown }) {
  const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, tableRowsMax) : [value]
  const columns = [...new Set(items.flatMap((item) => (typeOf(item) === 'object' ? Object.keys(item as object) : [])))]
  if (!Array.isArray(value)) {
    return (
      <table className={styles.table}>
        <tbody>
          {columns.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Shown value={(value as Record<string, unknown>)[name]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {(columns.length === 0 ? ['—'] : columns).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are told apart by their place only.
          <tr key={index}>
            {columns.length === 0 ? (
              <td>
                <Shown value={item} />
              </td>
            ) : (
              columns.map((name) => (
                <td key={name}>
                  <Shown value={typeOf(item) === 'object' ? (item as Record<string, unknown>)[name] : undefined} />
                </td>
              ))
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
