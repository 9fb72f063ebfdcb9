import type { Task } from '../../app/api/index.ts'
import { useCustomerName } from '../../app/names/CustomerName.tsx'
import { useValueWords } from '../../app/names/use-value-words.ts'

/** Texts inside what a task shows, as people say them; the customer it is about by name, as far as the reader may know it. */
export function useTaskWords({ subject }: Pick<Task, 'subject'>): (text: string) => string {
  const word = useValueWords()
  const name = useCustomerName(subject ?? '')
  return (text) => (text === subject ? name : word(text))
}
