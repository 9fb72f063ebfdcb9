/** One more step of a JSON pointer (RFC 6901). @example `pointer('/nodes/0', 'a/b') // '/nodes/0/a~1b'` */
export function pointer(base: string, key: string | number): string {
  if (typeof key === 'number' || !(key.includes('~') || key.includes('/'))) return `${base}/${key}`
  return `${base}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

export function pointerKeys(path: string): readonly string[] {
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
