import { pictureUrl } from '@sluice/sdk'
import { useState } from 'react'
import type { StepType } from '../../doc/index.ts'
import { iconOf } from './icons.ts'
import styles from './StepCard.module.css'

/**
 * What a step type is known by: its own picture, else its icon. A picture comes from whoever wrote the step, so it is only ever an
 * image, in which no script runs and nothing is fetched; one that cannot be read gives way to the icon.
 */
export function StepIcon({
  of: type,
  size = 15,
  stroke = 2,
}: {
  readonly of: Pick<StepType, 'icon' | 'picture'> | undefined
  readonly size?: number
  readonly stroke?: number
}) {
  const picture = type?.picture
  const [unreadable, setUnreadable] = useState<string>()
  if (picture !== undefined && picture !== unreadable)
    return (
      <img
        className={styles.picture}
        src={pictureUrl(picture)}
        width={size + 5}
        height={size + 5}
        alt=""
        draggable={false}
        onError={() => setUnreadable(picture)}
      />
    )
  const Icon = iconOf(type?.icon)
  return <Icon size={size} strokeWidth={stroke} aria-hidden="true" />
}
