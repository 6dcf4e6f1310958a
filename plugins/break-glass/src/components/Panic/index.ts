export { PanicPage } from './PanicPage';
export { PanicNotices } from './PanicNotices';
