import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { go } from '../app/navigate.ts'

export interface PlainLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string
  readonly [data: `data-${string}`]: string | number | boolean | undefined
}

/** Leads inside the product without loading the page again. */
export function PlainLink({ onClick, children, ...rest }: PlainLinkProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it always has an address, which the rule cannot see behind the spread.
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link takes Enter as a click by itself.
    <a
      {...rest}
      // biome-ignore lint/a11y/useValidAnchor: it leads where its address says, only without loading the page again.
      onClick={(event) => {
        event.stopPropagation()
        onClick?.(event)
        if (event.defaultPrevented || !staysHere(event)) return
        event.preventDefault()
        go(event.currentTarget.href.slice(location.origin.length))
      }}
    >
      {children}
    </a>
  )
}

/** A new tab, a download or an address elsewhere is the browser's matter. */
function staysHere(event: MouseEvent<HTMLAnchorElement>): boolean {
  const link = event.currentTarget
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey
  return isPlain && !link.hasAttribute('download') && (link.target === '' || link.target === '_self') && link.origin === location.origin
}
