/**
 * `$base64encode` and `$base64decode` of JSONata ask for a `window` or for Node's `Buffer`, and a worker has neither. These give what the
 * server's give: one byte of each character, and whatever can be read of a text that is no base64.
 */
interface Scope {
  window?: unknown
  btoa(binary: string): string
  atob(base64: string): string
}

const scope = globalThis as unknown as Scope
const plain = { encode: scope.btoa.bind(globalThis), decode: scope.atob.bind(globalThis) }

function encode(text: string): string {
  return plain.encode([...Array(text.length).keys()].map((at) => String.fromCharCode(text.charCodeAt(at) & 255)).join(''))
}

function decode(text: string): string {
  const [whole = ''] = text.replaceAll('-', '+').replaceAll('_', '/').split('=', 1)
  const read = whole.replaceAll(/[^A-Za-z0-9+/]/g, '')
  // Six bits alone are no byte.
  return plain.decode(read.length % 4 === 1 ? read.slice(0, -1) : read)
}

scope.window ??= { btoa: encode, atob: decode }

export {}
