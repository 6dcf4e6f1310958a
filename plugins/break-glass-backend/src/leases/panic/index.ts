export { PanicQueries } from './PanicQueries';
export { PanicService } from './PanicService';
export { explainStop, panicScope, refuseStopped, stopProblem } from './stop';
