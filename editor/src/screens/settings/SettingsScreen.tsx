export function SettingsScreen({ section }: { readonly section: string }) {
  return <h1>{section}</h1>
}
