import { Activity, AlignHorizontalDistributeCenter, ListTree, Map as MapIcon, Maximize, Minus, Plus, X } from 'lucide-react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { runCommand } from '../../app/commands/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { Button, IconButton, Link, StatusChip } from '../../ui/index.ts'
import styles from './BottomBar.module.css'

/** Zoom and views at the foot of the drawing, and which run is drawn on it. */
export const BottomBar = memo(function BottomBar() {
  const t = useT()
  const format = useFormat()
  const { runs } = useFlowEditor()
  const zoom = useView((view) => format.percent(Math.round(view.zoom * 100) / 100))
  const canEdit = useView((view) => view.canEdit)
  const mapOpen = useView((view) => view.mapOpen)
  const outlineOpen = useView((view) => view.outlineOpen)
  const live = useView((view) => view.live)
  const followed = useStore(runs, (state) => (state.simulated || live !== 'run' ? null : state.followed))
  const status = useStore(runs, (state) => state.picture?.status)
  return (
    <div className={styles.foot}>
      <div className={styles.bar} role="toolbar" aria-label={t('canvas.bar.view')}>
        <IconButton
          size="small"
          tooltipPlacement="top"
          label={t('canvas.command.fit')}
          keys="1"
          icon={<Maximize size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.fit', 'toolbar')}
        />
        <IconButton
          size="small"
          className={styles.pinched}
          tooltipPlacement="top"
          label={t('canvas.command.zoom-out')}
          keys="-"
          icon={<Minus size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.zoom-out', 'toolbar')}
        />
        <Button
          size="small"
          tone="quiet"
          className={styles.zoom}
          aria-label={`${zoom} · ${t('canvas.command.zoom-100')}`}
          onPress={() => runCommand('canvas.zoom-100', 'toolbar')}
        >
          {zoom}
        </Button>
        <IconButton
          size="small"
          className={styles.pinched}
          tooltipPlacement="top"
          label={t('canvas.command.zoom-in')}
          keys="+"
          icon={<Plus size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.zoom-in', 'toolbar')}
        />
        <span className={styles.line} />
        {canEdit && (
          <IconButton
            size="small"
            tooltipPlacement="top"
            label={t('canvas.command.tidy')}
            keys="L"
            icon={<AlignHorizontalDistributeCenter size={15} aria-hidden="true" />}
            onPress={() => runCommand('canvas.tidy', 'toolbar')}
          />
        )}
        <IconButton
          size="small"
          tooltipPlacement="top"
          label={t('canvas.command.map')}
          keys="Shift+M"
          isChosen={mapOpen}
          icon={<MapIcon size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.map', 'toolbar')}
        />
        <IconButton
          size="small"
          tooltipPlacement="top"
          label={t('canvas.command.outline')}
          keys="O"
          isChosen={outlineOpen}
          icon={<ListTree size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.outline', 'toolbar')}
        />
        <IconButton
          size="small"
          tooltipPlacement="top"
          label={t('canvas.command.live-all')}
          keys="Shift+A"
          isChosen={live !== 'run'}
          icon={<Activity size={15} aria-hidden="true" />}
          onPress={() => runCommand('canvas.live-all', 'toolbar')}
        />
        <span id="canvas-foot" />
      </div>
      {followed !== null && status !== undefined && (
        <div className={styles.bar} data-testid="followed-run" data-run={followed} data-run-state={status}>
          <StatusChip state={status} />
          <Link className={styles.run} href={`/runs/${followed}`}>
            {t('canvas.runs.shown', { run: followed.slice(-6) })}
          </Link>
          <IconButton
            size="small"
            tooltipPlacement="top"
            label={t('canvas.runs.stop')}
            icon={<X size={14} aria-hidden="true" />}
            onPress={() => runs.follow(null)}
          />
        </div>
      )}
    </div>
  )
})
