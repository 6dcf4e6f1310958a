export { RequestDialog } from './RequestDialog';
export { PersonDialog } from './PersonDialog';
export { PersonPicker } from './PersonPicker';
export { draftKey, draftStore } from './draftStore';
export { emptyDraft } from './draft';
