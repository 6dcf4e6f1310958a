export { RequestDialog } from './RequestDialog';
export { PersonPicker } from './PersonPicker';
export { draftKey, draftStore } from './draftStore';
export { emptyDraft } from './draft';
