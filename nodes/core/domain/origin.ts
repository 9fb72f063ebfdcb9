/** Events of this product itself: nobody outside can send them, the door keeps the name for us. */
export function isOurs(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('sluice.')
}
