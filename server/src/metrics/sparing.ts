/** The more runs wait the longer they take to count, on the thread that answers everybody: once counted, that counts for a hundred times as long. */
export function sparing<Value>(read: () => Value, now: () => number = () => performance.now()): () => Value {
  let last: { readonly value: Value; readonly until: number } | null = null
  return () => {
    const began = now()
    if (last === null || began >= last.until) {
      const value = read()
      const ended = now()
      last = { value, until: ended + (ended - began) * 100 }
    }
    return last.value
  }
}
