import { useT } from '../../app/i18n/index.ts'
import type { Flaw, FormSchema } from './schema.ts'

/** Our own findings in words. */
export function useFlawWords(): (flaw: Flaw, schema?: FormSchema) => string {
  const t = useT()
  return (flaw, schema) =>
    t(`app.form.${flaw}`, { minimum: schema?.minimum ?? schema?.minLength ?? '', maximum: schema?.maximum ?? schema?.maxLength ?? '' })
}
