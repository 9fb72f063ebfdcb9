/** The flow's drawing. */
export function CanvasScreen({ flowKey }: { readonly flowKey: string }) {
  return <h1>{flowKey}</h1>
}
