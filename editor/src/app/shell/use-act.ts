import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '../../ui/index.ts'
import { isProblem } from '../api/index.ts'
import { translate } from '../i18n/index.ts'

/** Says why something did not work, in the server's words. */
export function sayProblem(error: unknown): void {
  const title = isProblem(error) && error.title !== '' ? error.title : translate('app.problem.title')
  const detail = error instanceof Error && error.message !== title ? error.message : undefined
  toast({ tone: 'error', title, ...(detail !== undefined && { detail }) })
}

/**
 * Does something on the server: pending state, a notice when it worked, the reason when it did not, fresh lists after.
 * @example `const cancel = useAct((id: string) => api.post(`/runs/${id}/cancel`), { done: () => t('runs.cancelled'), refresh: [['runs']] })`
 */
export function useAct<Input, Output>(
  act: (input: Input) => Promise<Output>,
  options: {
    readonly done?: (output: Output, input: Input) => string | null
    readonly refresh?: readonly (readonly unknown[])[]
    readonly onDone?: (output: Output, input: Input) => void
    /** True: this refusal is shown by the caller. */
    readonly onProblem?: (error: unknown, input: Input) => boolean | undefined
  } = {},
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (output, input) => {
      const words = options.done?.(output, input) ?? null
      if (words !== null) toast({ tone: 'ok', title: words })
      options.onDone?.(output, input)
    },
    onError: (error, input) => {
      if (options.onProblem?.(error, input) !== true) sayProblem(error)
    },
    onSettled: () => {
      for (const queryKey of options.refresh ?? []) void client.invalidateQueries({ queryKey })
    },
  })
}
