/** Which model this workspace is connected to, by name; null: the rules answer. Said once by the server when it starts. */
let model: string | null = null

export function connectModel(name: string | null): void {
  model = name
}

export function connectedModel(): string | null {
  return model
}
