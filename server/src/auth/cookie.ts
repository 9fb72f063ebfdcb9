/** `__Host-` binds the cookie to this host and to TLS; over plain HTTP on one's own machine browsers refuse that prefix. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-sluice_session' : 'sluice_session'
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

export function sessionCookie(value: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = [`${cookieName(secure)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${maxAgeSeconds}`]
  if (secure) attributes.push('Secure')
  return attributes.join('; ')
}
