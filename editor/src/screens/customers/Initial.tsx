import type { Customer } from '../../app/api/index.ts'
import { isMasked } from '../../ui/index.ts'
import styles from './Initial.module.css'

/** The first character of a name, round, in the place of a picture. */
export function Initial({ name }: { readonly name: Customer['name'] }) {
  return (
    <span className={styles.initial} aria-hidden="true">
      {isMasked(name) ? '·' : [...name.trim()][0]}
    </span>
  )
}
