export { ExtensionService } from './ExtensionService';
