type Navigate = (href: string, options?: { readonly replace?: boolean }) => void

let navigate: Navigate = (href) => location.assign(href)

/** The router says how to go somewhere; everything else only says where. */
export function whenNavigating(how: Navigate): void {
  navigate = how
}

/** @example `go('/runs?state=failed')` */
export function go(href: string, options?: { readonly replace?: boolean }): void {
  navigate(href, options)
}
