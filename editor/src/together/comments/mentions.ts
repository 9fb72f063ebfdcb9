export interface Person {
  readonly id: string
  readonly name: string
}

/** As many as the server takes for one comment. */
const mentionsMax = 20
const offeredMax = 6

/** A name being written after an @, up to the caret. */
export function namingAt(text: string, caret: number): { readonly from: number; readonly begun: string } | null {
  const found = /(?:^|[\s\p{P}])@([^@\n]{0,40})$/u.exec(text.slice(0, caret))
  return found === null ? null : { from: caret - (found[1]?.length ?? 0) - 1, begun: found[1] ?? '' }
}

export function offered(people: readonly Person[], begun: string): readonly Person[] {
  const plain = (name: string) => name.normalize('NFKC').toLocaleLowerCase()
  const wanted = plain(begun)
  const starts = (name: string) =>
    plain(name)
      .split(/\s+/)
      .some((_, index, words) => words.slice(index).join(' ').startsWith(wanted))
  return people.filter(({ name }) => starts(name)).slice(0, offeredMax)
}

/** Ids of the people a text names with @; of two names that begin alike, the longer one is meant. */
export function mentionsIn(text: string, people: readonly Person[]): readonly string[] {
  const found: string[] = []
  let rest = text
  for (const { id, name } of [...people].sort((left, right) => right.name.length - left.name.length)) {
    if (name.trim() === '' || !rest.includes(`@${name}`)) continue
    found.push(id)
    rest = rest.replaceAll(`@${name}`, ' ')
  }
  return found.slice(0, mentionsMax)
}

/** The text in pieces, the names apart. */
export function pieces(text: string, named: readonly Person[]): readonly { readonly text: string; readonly isName: boolean }[] {
  const names = [...named].sort((left, right) => right.name.length - left.name.length).map(({ name }) => `@${name}`)
  const found: { text: string; isName: boolean }[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const name = names.find((each) => text.startsWith(each, at))
    if (name === undefined) plain += text[at++]
    else {
      if (plain !== '') found.push({ text: plain, isName: false })
      plain = ''
      found.push({ text: name, isName: true })
      at += name.length
    }
  }
  return plain === '' ? found : [...found, { text: plain, isName: false }]
}
