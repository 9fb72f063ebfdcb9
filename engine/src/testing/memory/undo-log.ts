/** How the memory store takes changes back: each change notes its opposite, a rollback plays them from the end. */
export class UndoLog {
  readonly #steps: (() => void)[] = []
  #open = 0

  /** Inside a transaction or savepoint; outside of one, changes are final at once. */
  note(step: () => void): void {
    if (this.#open > 0) this.#steps.push(step)
  }

  run<Result>(work: () => Result): Result {
    const mark = this.#steps.length
    this.#open++
    try {
      return work()
    } catch (error) {
      while (this.#steps.length > mark) this.#steps.pop()?.()
      throw error
    } finally {
      this.#open--
      if (this.#open === 0) this.#steps.length = 0
    }
  }

  get isOpen(): boolean {
    return this.#open > 0
  }

  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
    this.#noteRestore(map, key)
    map.set(key, value)
  }

  delete<Key, Value>(map: Map<Key, Value>, key: Key): boolean {
    if (!map.has(key)) return false
    this.#noteRestore(map, key)
    return map.delete(key)
  }

  #noteRestore<Key, Value>(map: Map<Key, Value>, key: Key): void {
    if (this.#open === 0) return
    const before = map.get(key)
    const had = before !== undefined || map.has(key)
    this.#steps.push(() => {
      if (had) map.set(key, before as Value)
      else map.delete(key)
    })
  }
}
