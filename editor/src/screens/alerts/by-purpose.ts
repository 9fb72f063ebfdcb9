/** Lines such as “Test drive · Sales recommendation”, put together by purpose. @example `byPurpose(['a · x', 'b · x']) // [['x', ['a', 'b']]]` */
export function byPurpose(lines: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>()
  for (const line of lines) {
    const [scene = line, purpose = ''] = line.split(' · ')
    const group = groups.get(purpose)
    if (group === undefined) groups.set(purpose, [scene])
    else group.push(scene)
  }
  return [...groups]
}
