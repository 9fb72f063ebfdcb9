import { Maximize, Minus, Plus } from 'lucide-react'
import { useCommands } from '../../app/commands/index.ts'
import { type MessageId, translate, useFormat, useT } from '../../app/i18n/index.ts'
import { Button, IconButton } from '../../ui/index.ts'
import { useFlowEditor, useView } from '../flow-editor.ts'
import styles from './PictureBar.module.css'

type Act = 'fit' | 'zoom-100' | 'zoom-in' | 'zoom-out'

const keys: Readonly<Record<Act, readonly string[]>> = { fit: ['1'], 'zoom-100': ['0'], 'zoom-in': ['+', '='], 'zoom-out': ['-'] }
const titleOf = (act: Act): MessageId => `canvas.command.${act}`

/** Nearer and further on a drawing that is only looked at, by the same keys as where it is edited. */
export function PictureBar() {
  const t = useT()
  const format = useFormat()
  const { surface } = useFlowEditor()
  const shown = format.percent(useView((view) => Math.round(view.zoom * 100) / 100))
  const acts: Readonly<Record<Act, () => void>> = {
    fit: () => surface.current?.fit(),
    'zoom-100': () => surface.current?.zoomTo(1),
    'zoom-in': () => surface.current?.zoomBy(1.25),
    'zoom-out': () => surface.current?.zoomBy(0.8),
  }
  useCommands(
    (['fit', 'zoom-100', 'zoom-in', 'zoom-out'] as const).map((act) => ({
      id: `picture.${act}`,
      title: () => translate(titleOf(act)),
      keys: keys[act],
      scope: 'canvas',
      notInPalette: true,
      run: () => acts[act](),
    })),
  )
  const button = (act: Act, Icon: typeof Plus, className?: string) => (
    <IconButton
      size="small"
      tooltipPlacement="top"
      label={t(titleOf(act))}
      keys={keys[act][0] ?? ''}
      icon={<Icon size={15} aria-hidden="true" />}
      onPress={acts[act]}
      {...(className !== undefined && { className })}
    />
  )
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('canvas.bar.view')} data-testid="picture-bar">
      {button('fit', Maximize)}
      {button('zoom-out', Minus, styles.pinched)}
      <Button
        size="small"
        tone="quiet"
        className={styles.zoom}
        aria-label={`${shown} · ${t('canvas.command.zoom-100')}`}
        onPress={acts['zoom-100']}
      >
        {shown}
      </Button>
      {button('zoom-in', Plus, styles.pinched)}
    </div>
  )
}
