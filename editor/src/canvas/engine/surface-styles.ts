// The engine's rules before ours, in whatever order the parts of the drawing are loaded: of two as strong the later one counts.
import '@xyflow/react/dist/base.css'
import styles from './Surface.module.css'

export default styles
