import { cx } from './cx.ts'
import styles from './Field.module.css'

/** How every input looks, whether the kit makes it or the browser. */
export const fieldClass = cx(styles.field)
export const inputClass = cx(styles.input)
export const groupClass = cx(styles.group)
export { styles as fieldStyles }
