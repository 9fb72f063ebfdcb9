import { Maximize2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { Button, Dialog, TextArea } from '../../ui/index.ts'
import type { EditorHandle } from '../expression/ExpressionDialog.tsx'
import { LargeEditor } from '../expression/LargeEditor.tsx'
import { fetchEditor, foreseeEditor, useWarmEditor } from '../expression/large-editor.ts'
import styles from './Fields.module.css'
import { asText, type WidgetProps } from './types.ts'

const noData = {}

/** The tab key leaves the field, as everywhere: a trap would cost those who work by keyboard. The large editor colours the code. */
export function CodeWidget({ value, onChange, id, isDisabled, field }: WidgetProps) {
  const t = useT()
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const handle = useRef<EditorHandle | null>(null)
  useWarmEditor(!isDisabled)
  const write = (text: string) => onChange(text === '' ? undefined : text)
  const area = (rows: number, areaId: string) => (
    <TextArea id={areaId} aria-label={field.name} value={asText(value)} onChange={write} isDisabled={isDisabled} rows={rows} isCode />
  )
  return (
    <div className={styles.stack}>
      {area(10, id)}
      {!isDisabled && (
        <Button
          size="small"
          icon={<Maximize2 size={13} aria-hidden="true" />}
          onHoverStart={foreseeEditor}
          onFocus={foreseeEditor}
          onPressStart={fetchEditor}
          onPress={() => setOpen(true)}
        >
          {t('inspect.expression.open')}
        </Button>
      )}
      {isOpen && (
        <Dialog
          isOpen
          onClose={() => setOpen(false)}
          title={say(field.title)}
          size="large"
          actions={
            <Button tone="primary" onPress={() => setOpen(false)}>
              {t('inspect.expression.done')}
            </Button>
          }
        >
          <div data-testid="code-dialog" data-field={field.name}>
            <LargeEditor
              plain={area(18, `${id}-large`)}
              value={asText(value)}
              onChange={write}
              document={noData}
              handle={handle}
              label={say(field.title)}
              language="javascript"
            />
          </div>
        </Dialog>
      )}
    </div>
  )
}
