import { ChevronRight, X } from 'lucide-react'
import { Fragment } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, IconButton, Popover, PopoverTrigger } from '../../ui/index.ts'
import { DataPicker } from '../data/DataPicker.tsx'
import { usePreview } from '../expression/use-preview.ts'
import { partsOf } from '../modes.ts'
import { pathType } from './Area.tsx'
import styles from './Fields.module.css'
import { PreviewLine } from './PreviewLine.tsx'

/** A value taken from the data: shown as a chip, chosen from the tree or dropped here. */
export function PickedField({
  id,
  source,
  onChange,
  isDisabled,
  wants,
}: {
  readonly id: string
  readonly source: string
  readonly onChange: (path: string) => void
  readonly isDisabled: boolean
  readonly wants?: string | undefined
}) {
  const t = useT()
  const result = usePreview('expression', source, source !== '')
  const parts = partsOf(source)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop data; the button inside does the same by key.
    <div
      className={styles.expression}
      onDragOver={(event) => event.dataTransfer.types.includes(pathType) && event.preventDefault()}
      onDrop={(event) => {
        const path = event.dataTransfer.getData(pathType)
        if (path === '') return
        event.preventDefault()
        onChange(path)
      }}
    >
      <div className={styles.picked}>
        <PopoverTrigger>
          <Button id={id} size="small" tone="quiet" className={styles.chip} isDisabled={isDisabled} data-testid="picked">
            {parts.length === 0
              ? t('inspect.data.choose')
              : parts.map((part, index) => (
                  <Fragment key={parts.slice(0, index + 1).join('.')}>
                    {index > 0 && <ChevronRight size={11} aria-hidden="true" />}
                    {part}
                  </Fragment>
                ))}
          </Button>
          <Popover label={t('inspect.data.choose')} placement="bottom start">
            {(close) => (
              <DataPicker
                onPick={(path) => {
                  onChange(path)
                  close()
                }}
              />
            )}
          </Popover>
        </PopoverTrigger>
        {parts.length > 0 && !isDisabled && (
          <IconButton size="small" label={t('app.clear')} icon={<X size={13} aria-hidden="true" />} onPress={() => onChange('')} />
        )}
      </div>
      {source !== '' && <PreviewLine preview={result} wants={wants} />}
    </div>
  )
}
