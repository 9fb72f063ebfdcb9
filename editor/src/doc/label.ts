/** What a change is called in the undo list: an id of the catalogue and its values, so that it follows the language. */
export interface Label {
  readonly id: `canvas.do.${LabelName}`
  readonly values?: Readonly<Record<string, string | number>>
}

export type LabelName =
  | 'add'
  | 'insert'
  | 'connect'
  | 'reconnect'
  | 'disconnect'
  | 'move'
  | 'remove'
  | 'detach'
  | 'duplicate'
  | 'paste'
  | 'cut'
  | 'rename'
  | 'configure'
  | 'enable'
  | 'disable'
  | 'group'
  | 'ungroup'
  | 'note'
  | 'resize'
  | 'tidy'
  | 'settings'
  | 'import'
  | 'repair'
  | 'fold'
  | 'unfold'
  | 'extract'
  | 'inline'
  | 'cut-wires'
  | 'configure-many'
  | 'restore'

export function label(name: LabelName, values?: Readonly<Record<string, string | number>>): Label {
  return values === undefined ? { id: `canvas.do.${name}` } : { id: `canvas.do.${name}`, values }
}
