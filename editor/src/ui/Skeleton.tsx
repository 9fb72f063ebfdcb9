import styles from './Skeleton.module.css'

/** Grey bars in the place of what is loading. */
export function Skeleton({
  lines = 1,
  height = 14,
  width,
}: {
  readonly lines?: number
  readonly height?: number
  readonly width?: string
}) {
  return (
    <span className={styles.stack} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity.
        <span key={index} className={styles.bar} style={{ height, width: width ?? `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </span>
  )
}
