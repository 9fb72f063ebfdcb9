import { cx } from './cx.ts'
import styles from './Link.module.css'
import { PlainLink, type PlainLinkProps } from './PlainLink.tsx'

export interface LinkProps extends PlainLinkProps {
  /** Ink coloured until pointed at: for names in tables. */
  readonly isPlain?: boolean
  /** Inside a sentence: underlined, because colour alone does not tell it apart. */
  readonly isInText?: boolean
}

/** Leads inside the product without loading the page again; outside addresses open as links do. */
export function Link({ className, isPlain, isInText, ...rest }: LinkProps) {
  return (
    <PlainLink {...rest} className={cx(styles.link, isPlain === true && styles.plain, isInText === true && styles.inText, className)} />
  )
}
