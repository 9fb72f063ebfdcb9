/** What one check of `verify` found. */
export interface Finding {
  readonly name: CheckName
  readonly ok: boolean
  /** Rows looked at. */
  readonly checked: number
  /** The first thing that is wrong. */
  readonly bad: { readonly where: string; readonly why: string } | null
}

export type CheckName = 'file' | 'schema' | 'journal' | 'audit' | 'rows' | 'runs'

export function clean(name: CheckName, checked: number): Finding {
  return { name, ok: true, checked, bad: null }
}

export function damaged(name: CheckName, checked: number, where: string, why: string): Finding {
  return { name, ok: false, checked, bad: { where, why } }
}
