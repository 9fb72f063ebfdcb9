import { isProblem } from '../../../app/api/index.ts'
import { useT } from '../../../app/i18n/index.ts'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { Button } from '../../../ui/index.ts'
import styles from './Simulate.module.css'

/** Why it was not played. */
export function Refused({ problem }: { readonly problem: unknown }) {
  const t = useT()
  const { view, problems } = useFlowEditor()
  if (problem === null || problem === undefined) return null
  const errors = isProblem(problem) ? problem.errors : []
  return (
    <div className={styles.bad} role="alert">
      {isProblem(problem) ? problem.message : t('app.problem.title')}
      {errors.length > 0 && (
        <ul>
          {errors.slice(0, 5).map((each) => (
            <li key={`${each.path}${each.message}`}>{each.message}</li>
          ))}
        </ul>
      )}
      {problems.getState().problems.length > 0 && (
        <Button size="small" onPress={() => view.setState({ drawer: 'problems' })}>
          {t('simulate.problems')}
        </Button>
      )}
    </div>
  )
}
