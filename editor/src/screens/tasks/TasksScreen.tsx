export function TasksScreen({ taskId }: { readonly taskId: string | null }) {
  return <h1>{taskId}</h1>
}
