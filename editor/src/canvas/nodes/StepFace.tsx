import type { Silhouette } from '@sluice/sdk'
import { Lock } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import { imeGuard } from '../../app/commands/index.ts'
import type { StepType } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { nameCharsMax } from '../text-limits.ts'
import styles from './StepCard.module.css'
import { StepIcon } from './StepIcon.tsx'
import { outline, ticks } from './silhouette.ts'

export type FaceState = 'running' | 'waiting' | 'person' | 'done' | 'failed' | 'blocked'

export interface StepFaceProps {
  readonly silhouette: Silhouette
  readonly category: string
  /** Whose icon or picture it shows. */
  readonly type: Pick<StepType, 'icon' | 'picture'> | undefined
  readonly width: number
  readonly height: number
  readonly title: ReactNode
  readonly sentence?: string
  /** Bottom row: what a run says about this step. */
  readonly foot?: ReactNode
  readonly state?: FaceState | undefined
  readonly isSelected?: boolean
  readonly isActive?: boolean
  readonly isDisabled?: boolean
  readonly isFaded?: boolean
  readonly isUntouched?: boolean
  readonly isCurrent?: boolean
  /** Seen from far away: shape, tile and a large title only. */
  readonly isFar?: boolean
  readonly children?: ReactNode
}

/** How a step looks; the same on the canvas, under the pointer while dragging, in replay and in previews. */
export const StepFace = memo(function StepFace(props: StepFaceProps) {
  const { silhouette, category, width, height, state } = props
  const path = outline(silhouette, width, height)
  const striped = silhouette === 'consent'
  return (
    <div
      className={cx(
        styles.card,
        styles[category],
        silhouette === 'decision' && styles.decision,
        striped && styles.striped,
        state !== undefined && styles[`st-${state}`],
        props.foot !== undefined && styles.short,
        height < 80 && styles.low,
        props.isSelected === true && styles.selected,
        props.isActive === true && styles.active,
        props.isDisabled === true && styles.disabled,
        props.isFaded === true && styles.faded,
        props.isUntouched === true && styles.untouched,
        props.isFar === true && styles.far,
      )}
    >
      <svg className={styles.shape} width={width} height={height} aria-hidden="true">
        {props.isFar !== true && <path className={styles.shade} d={outline(silhouette, width, height, 0, 2)} />}
        {props.isSelected === true && <path className={styles.halo} d={path} />}
        <path className={styles.body} d={path} />
        {striped && <Strip width={width} height={height} />}
        {silhouette === 'human' && <path className={styles.inner} d={outline(silhouette, width, height, 3.5)} />}
        {silhouette === 'ai' && <path className={cx(styles.inner, styles.dotted)} d={outline(silhouette, width, height, 3.5)} />}
        {silhouette === 'timer' && <path className={styles.ticks} d={ticks(width)} />}
        {props.isDisabled === true && <path className={styles.hatch} d={hatch(width, height)} />}
        {state === 'running' && <path className={styles.sweep} d={path} />}
        {props.isCurrent === true && <path className={styles.focusRing} d={path} />}
      </svg>
      <div className={styles.content}>
        <span className={styles.tile}>
          <StepIcon of={props.type} size={16} stroke={1.9} />
        </span>
        <span className={styles.words}>
          <span className={styles.title}>{props.title}</span>
          {props.isFar !== true && props.sentence !== undefined && props.sentence !== '' && (
            <span className={styles.sentence} title={props.sentence}>
              {props.sentence}
            </span>
          )}
          {props.isFar !== true && props.foot !== undefined && <span className={styles.foot}>{props.foot}</span>}
        </span>
      </div>
      {silhouette === 'money' && (
        <span className={styles.badge}>
          <Lock size={11} aria-hidden="true" />
        </span>
      )}
      {props.children}
    </div>
  )
})

/** The strip of a consent step ends in the point of a shield. */
function Strip({ width, height }: { readonly width: number; readonly height: number }) {
  const clip = `strip-${width}-${height}`
  return (
    <>
      <clipPath id={clip}>
        <path d={outline('consent', width, height, 0.6)} />
      </clipPath>
      <path className={styles.strip} clipPath={`url(#${clip})`} d={`M 0 0 H 6 V ${height - 14} L 0 ${height - 4} Z`} />
    </>
  )
}

/** Parallel lines over the whole card, up to its margin. */
function hatch(width: number, height: number, margin = 6): string {
  const lines: string[] = []
  for (let foot = 16 - height; foot < width; foot += 12) {
    const [from, to] = [Math.max(margin, foot + margin), Math.min(width - margin, foot + height - margin)]
    if (to - from > 2) lines.push(`M ${from} ${height - from + foot} L ${to} ${height - to + foot}`)
  }
  return lines.join(' ')
}

export function ProblemMark({ count, isWarning, label }: { readonly count: number; readonly isWarning: boolean; readonly label: string }) {
  return (
    <span className={cx(styles.problem, isWarning && styles.warning)} role="img" aria-label={label} data-testid="step-problems">
      {count}
    </span>
  )
}

export function RenameField({
  value,
  usual,
  label,
  giveUp,
  onChange,
  onDone,
}: {
  readonly value: string
  /** What it is called as long as it has no name of its own. */
  readonly usual: string
  readonly label: string
  /** Gives the name back as it was when the field opened; for Escape. */
  readonly giveUp: () => void
  readonly onChange: (value: string) => void
  readonly onDone: () => void
}) {
  const [ime] = useState(() => imeGuard(() => performance.now()))
  const [back] = useState(() => giveUp)
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the field exists only because the person asked to rename.
      autoFocus
      className={cx(styles.rename, 'nodrag', 'nopan')}
      aria-label={label}
      data-testid="step-rename"
      maxLength={nameCharsMax}
      value={value}
      placeholder={usual}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onDone}
      onCompositionEnd={ime.composed}
      onKeyDown={(event) => {
        if (ime.isComposing(event.nativeEvent)) return
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Escape') back()
          onDone()
        }
      }}
    />
  )
}
