import styles from './FlowsScreen.module.css'

const width = 72
const height = 20

/** How a number went, as a line without axes: what it says stands beside it in words and figures. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(...values)
  if (values.length < 2 || most === 0) return null
  const points = values.map(
    (value, at) => `${((at * width) / (values.length - 1)).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`,
  )
  return (
    <svg className={styles.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  )
}
